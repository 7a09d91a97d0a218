-- What levels below make stricter or more precise in a question that they inherit: versions of their own, as questions have.
CREATE TABLE "field_tightening" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "current_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "field_tightening_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "field_tightening_org_id_field_id_fkey" FOREIGN KEY ("org_id", "field_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "field_tightening_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "field_tightening_org_id_field_id_territory_id_key" ON "field_tightening"("org_id", "field_id", "territory_id");

CREATE TABLE "tightening_version" (
    "org_id" UUID NOT NULL,
    "tightening_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "spec" JSONB NOT NULL,
    "published_by" UUID,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tightening_version_pkey" PRIMARY KEY ("org_id","tightening_id","version"),
    CONSTRAINT "tightening_version_org_id_tightening_id_fkey" FOREIGN KEY ("org_id", "tightening_id") REFERENCES "field_tightening"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['field_tightening', 'tightening_version'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;
