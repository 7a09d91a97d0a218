-- Reports mostly stand where they were filed, so that cells "as organised then" said again what those of today say. What is
-- counted differently is kept instead: then = today + moved. Half the rows, and half of what a fold writes.

-- The owner is held by row-level security too: what stands is read with it put aside.
ALTER TABLE rollup_cell NO FORCE ROW LEVEL SECURITY;
INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, outcome, n, sum)
SELECT org_id, field_id, 'moved', territory_id, month, bucket, outcome, sum(sign * n), sum(sign * sum)
  FROM rollup_cell, LATERAL (SELECT CASE basis WHEN 'then' THEN 1 ELSE -1 END AS sign) AS side
 GROUP BY org_id, field_id, territory_id, month, bucket, outcome
HAVING sum(sign * n) <> 0 OR abs(sum(sign * sum)) > 1e-9;
DELETE FROM rollup_cell WHERE basis = 'then';
-- A worker of before must leave its facts where they are.
ALTER TABLE rollup_cell ADD CONSTRAINT rollup_cell_basis CHECK (basis IN ('today', 'moved'));
ALTER TABLE rollup_cell FORCE ROW LEVEL SECURITY;
