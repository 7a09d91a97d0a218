-- What came back of a return, beyond being shown and opened, and whether its reader finds it useful (ADR 040).
ALTER TABLE "ledger_cell" ADD COLUMN "followed" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "ledger_cell" ADD COLUMN "contacted" INTEGER NOT NULL DEFAULT 0;

-- What the ledger counted on a day: each return once, whatever a phone says. "about" is the nil id for the whole sector.
CREATE TABLE "giveback_day" (
    "org_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "field_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "about" UUID NOT NULL,
    "done" TEXT NOT NULL,

    CONSTRAINT "giveback_day_pkey" PRIMARY KEY ("org_id","membership_id","day","field_id","kind","about","done")
);

CREATE TABLE "giveback_opinion" (
    "org_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "useful" BOOLEAN,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "giveback_opinion_pkey" PRIMARY KEY ("org_id","membership_id","field_id","kind"),
    CONSTRAINT "giveback_opinion_org_id_membership_id_fkey" FOREIGN KEY ("org_id", "membership_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- An opinion that was taken back keeps its row, so that one statement writes whatever a batch says.
ALTER TABLE "insight_opinion" ALTER COLUMN "useful" DROP NOT NULL;

ALTER TABLE "giveback_day" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "giveback_day" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "giveback_day" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
ALTER TABLE "giveback_opinion" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "giveback_opinion" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "giveback_opinion" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
