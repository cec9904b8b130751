-- Quality Labels: applications, frozen evidence, scores.
select 1;
