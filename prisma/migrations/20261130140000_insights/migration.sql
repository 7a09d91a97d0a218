-- What the figures of an organisation say (ADR 033): the monthly runs, what is shown, and what people think of it.
CREATE TABLE "insight_run" (
    "org_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "number" INTEGER NOT NULL,
    "period_from" DATE NOT NULL,
    "done_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "insight_run_pkey" PRIMARY KEY ("org_id","month")
);
CREATE UNIQUE INDEX "insight_run_org_id_number_key" ON "insight_run"("org_id", "number");

CREATE TABLE "insight" (
    "org_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "territory_id" UUID NOT NULL,
    "field_id" UUID,
    "people" INTEGER NOT NULL,
    "usefulness" DOUBLE PRECISION NOT NULL,
    "said" JSONB NOT NULL,
    "run" INTEGER NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "changes" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "insight_pkey" PRIMARY KEY ("org_id","key"),
    CONSTRAINT "insight_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "insight_org_id_territory_id_idx" ON "insight"("org_id", "territory_id");

CREATE TABLE "insight_opinion" (
    "org_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "useful" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "insight_opinion_pkey" PRIMARY KEY ("org_id","membership_id","key"),
    CONSTRAINT "insight_opinion_org_id_membership_id_fkey" FOREIGN KEY ("org_id", "membership_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

ALTER TABLE "insight_run" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "insight_run" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "insight_run" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
ALTER TABLE "insight" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "insight" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "insight" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
ALTER TABLE "insight_opinion" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "insight_opinion" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "insight_opinion" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

-- Organisations whose run of a month was not made, for the worker. As for waiting_folds: the owner alone reads across
-- organisations, and the function answers ids.
CREATE POLICY owner_counts_runs ON insight_run FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION due_insights(p_month date) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id FROM organisation o
   WHERE NOT EXISTS (SELECT 1 FROM insight_run r WHERE r.org_id = o.id AND r.month >= p_month)
$$;
REVOKE ALL ON FUNCTION due_insights(date) FROM PUBLIC;

-- Visits account by account, from the index alone: how long since the one before, and how many in a year.
CREATE INDEX "report_account_idx" ON "report"("org_id", "account_id", "day", "kind", "outcome", "status");
DROP INDEX "report_org_id_account_id_day_idx";
