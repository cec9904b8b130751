-- Reminders of report cards.
select 1;
