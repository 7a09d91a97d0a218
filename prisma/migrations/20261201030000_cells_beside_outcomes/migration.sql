-- Outcomes stand side by side in a cell, as in those of pairs (ADR 062): a quarter of the rows where all are had, to fold and to read.

-- The owner is held by row-level security too: what stands is read with it put aside.
ALTER TABLE rollup_cell NO FORCE ROW LEVEL SECURITY;
ALTER TABLE rollup_cell RENAME TO rollup_cell_before;
ALTER TABLE rollup_cell_before RENAME CONSTRAINT rollup_cell_pkey TO rollup_cell_before_pkey;
ALTER TABLE rollup_cell_before RENAME CONSTRAINT rollup_cell_basis TO rollup_cell_before_basis;

CREATE TABLE "rollup_cell" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "n_order" INTEGER NOT NULL DEFAULT 0,
    "n_quote" INTEGER NOT NULL DEFAULT 0,
    "n_revisit" INTEGER NOT NULL DEFAULT 0,
    "n_none" INTEGER NOT NULL DEFAULT 0,
    "sum_order" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "sum_quote" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "sum_revisit" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "sum_none" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "basis" TEXT NOT NULL,
    "bucket" TEXT NOT NULL,

    CONSTRAINT "rollup_cell_basis" CHECK (basis IN ('today', 'moved'))
) WITH (fillfactor = 70);

INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, n_order, n_quote, n_revisit, n_none, sum_order, sum_quote, sum_revisit, sum_none)
SELECT org_id, field_id, basis, territory_id, month, bucket,
       coalesce(sum(n) FILTER (WHERE outcome = 'order'), 0), coalesce(sum(n) FILTER (WHERE outcome = 'quote'), 0),
       coalesce(sum(n) FILTER (WHERE outcome = 'revisit'), 0), coalesce(sum(n) FILTER (WHERE outcome = 'none'), 0),
       coalesce(sum(sum) FILTER (WHERE outcome = 'order'), 0), coalesce(sum(sum) FILTER (WHERE outcome = 'quote'), 0),
       coalesce(sum(sum) FILTER (WHERE outcome = 'revisit'), 0), coalesce(sum(sum) FILTER (WHERE outcome = 'none'), 0)
  FROM rollup_cell_before
 GROUP BY org_id, field_id, basis, territory_id, month, bucket
 ORDER BY org_id, field_id, basis, territory_id, month, bucket;
ALTER TABLE "rollup_cell" ADD CONSTRAINT "rollup_cell_pkey" PRIMARY KEY ("org_id","field_id","basis","territory_id","month","bucket");

ALTER TABLE "rollup_cell" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "rollup_cell" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "rollup_cell" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

DROP TABLE rollup_cell_before;
