-- Whether the returns of a territory's questions still reach anybody: looked at once a month, a row per territory that asks.
CREATE TABLE "giveback_check" (
    "org_id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "checked_on" DATE NOT NULL,

    CONSTRAINT "giveback_check_pkey" PRIMARY KEY ("org_id","territory_id"),
    CONSTRAINT "giveback_check_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- A return that reaches nobody any more, by its place among the returns of the version in force; gone once it works again.
CREATE TABLE "giveback_fault" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "place" SMALLINT NOT NULL,
    "version" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "since" DATE NOT NULL,

    CONSTRAINT "giveback_fault_pkey" PRIMARY KEY ("org_id","field_id","place"),
    CONSTRAINT "giveback_fault_org_id_field_id_fkey" FOREIGN KEY ("org_id", "field_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

ALTER TABLE "giveback_check" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "giveback_check" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "giveback_check" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
ALTER TABLE "giveback_fault" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "giveback_fault" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "giveback_fault" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
