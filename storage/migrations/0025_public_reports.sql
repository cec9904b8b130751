-- The public version of a report card: copies of chosen entries.
select 1;
