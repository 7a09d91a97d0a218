-- Two questions that were asked of the figures together: counted in advance from then on.
CREATE TABLE "field_pair" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "a" UUID NOT NULL,
    "b" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "since" BIGINT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "of" INTEGER NOT NULL DEFAULT 0,
    "used_on" DATE NOT NULL,

    CONSTRAINT "field_pair_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "field_pair_order" CHECK (a < b),
    CONSTRAINT "field_pair_state" CHECK (state IN ('waiting', 'counting', 'ready', 'leaving'))
);
CREATE UNIQUE INDEX "field_pair_org_id_a_b_key" ON "field_pair"("org_id", "a", "b") WHERE (state <> 'leaving');

ALTER TABLE "field_pair" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "field_pair" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "field_pair" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

-- Months last in the key: a year of two answers is one range. Outcomes are columns: a row is read once for all four.
CREATE TABLE "pair_cell" (
    "org_id" UUID NOT NULL,
    "pair_id" UUID NOT NULL,
    "basis" TEXT NOT NULL,
    "territory_id" UUID NOT NULL,
    "bucket_a" TEXT NOT NULL,
    "bucket_b" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "n_order" INTEGER NOT NULL,
    "n_quote" INTEGER NOT NULL,
    "n_revisit" INTEGER NOT NULL,
    "n_none" INTEGER NOT NULL,
    "sum_a" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "sum_b" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "pair_cell_pkey" PRIMARY KEY ("org_id","pair_id","basis","territory_id","bucket_a","bucket_b","month"),
    CONSTRAINT "pair_cell_basis" CHECK (basis IN ('today', 'moved'))
);

ALTER TABLE "pair_cell" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "pair_cell" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "pair_cell" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

-- Organisations with pairs to count or to let go, for the worker that serves them all: it answers ids only, by a policy of the owner's.
CREATE POLICY owner_pairs_waiting ON field_pair FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION waiting_pairs() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT org_id FROM field_pair WHERE state <> 'ready'
$$;

REVOKE ALL ON FUNCTION waiting_pairs() FROM PUBLIC;
