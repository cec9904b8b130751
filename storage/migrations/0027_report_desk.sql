-- What the support services' lists of report cards are found by.
select 1;
