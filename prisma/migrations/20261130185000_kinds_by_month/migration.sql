-- How a report was made is counted like an answer, under the question of no id: reports by month, kind and outcome are then as
-- few rows as a question's, where rollup_day has one for each day. What is counted in days is added up.
ALTER TABLE rollup_cell NO FORCE ROW LEVEL SECURITY;
ALTER TABLE rollup_day NO FORCE ROW LEVEL SECURITY;
INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, outcome, n, sum)
SELECT org_id, '00000000-0000-0000-0000-000000000000', cells, territory_id, date_trunc('month', day)::date, kind, outcome, sum(sign * n), 0
  FROM rollup_day JOIN (VALUES ('today', 'today', 1), ('then', 'moved', 1), ('today', 'moved', -1)) AS b (days, cells, sign) ON b.days = basis
 GROUP BY 1, 3, 4, 5, 6, 7 HAVING sum(sign * n) <> 0 ORDER BY 1, 3, 4, 5, 6, 7
ON CONFLICT DO NOTHING;
ALTER TABLE rollup_cell FORCE ROW LEVEL SECURITY;
ALTER TABLE rollup_day FORCE ROW LEVEL SECURITY;
