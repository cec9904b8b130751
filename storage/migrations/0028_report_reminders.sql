-- What report cards are told of by themselves: meetings that were held, silence, what is due.

-- When a meeting of a project that has ended was looked at for its report card, whether or not it wrote an entry there.
alter table meetings add column report_looked_at timestamptz;
create index meetings_to_report on meetings (ended_at)
  where phase = 'ended' and project_id is not null and report_looked_at is null;

-- Cards that were open before anybody was reminded begin to be silent now.
update report_cards set reminded_at = now();
