-- How long answers to a question took, by bins: a median without a person.
CREATE TABLE "field_seconds" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "bin" SMALLINT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "field_seconds_pkey" PRIMARY KEY ("org_id","field_id","month","bin")
);

ALTER TABLE "field_seconds" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "field_seconds" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "field_seconds" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

-- Whether answers of one account change from one report to the next: looked at by a job, once a month.
CREATE TABLE "field_steadiness" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "checked_on" DATE NOT NULL,
    "pairs" INTEGER NOT NULL,
    "same" INTEGER NOT NULL,
    "gap_days" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "field_steadiness_pkey" PRIMARY KEY ("org_id","field_id"),
    CONSTRAINT "field_steadiness_org_id_field_id_fkey" FOREIGN KEY ("org_id", "field_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

ALTER TABLE "field_steadiness" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "field_steadiness" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "field_steadiness" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
