-- Questions made of others, whose answers are read as theirs; what local questions mean in common; and which of them are not the same.
CREATE TABLE "field_promotion" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "links" JSONB NOT NULL,
    "given" JSONB NOT NULL,
    "promoted_by" UUID,
    "promoted_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_by" UUID,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "field_promotion_pkey" PRIMARY KEY ("org_id","field_id"),
    CONSTRAINT "field_promotion_org_id_field_id_fkey" FOREIGN KEY ("org_id", "field_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "field_promotion_source" (
    "org_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,

    CONSTRAINT "field_promotion_source_pkey" PRIMARY KEY ("org_id","from_id","field_id"),
    CONSTRAINT "field_promotion_source_org_id_from_id_fkey" FOREIGN KEY ("org_id", "from_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "field_promotion_source_org_id_field_id_fkey" FOREIGN KEY ("org_id", "field_id") REFERENCES "field_promotion"("org_id", "field_id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "field_promotion_source_org_id_field_id_idx" ON "field_promotion_source"("org_id", "field_id");

CREATE TABLE "concept" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "concept_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "concept_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "concept_org_id_territory_id_idx" ON "concept"("org_id", "territory_id");

CREATE TABLE "concept_link" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "concept_id" UUID NOT NULL,
    "map" JSONB NOT NULL,
    "linked_by" UUID,
    "linked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "concept_link_pkey" PRIMARY KEY ("org_id","field_id"),
    CONSTRAINT "concept_link_org_id_field_id_fkey" FOREIGN KEY ("org_id", "field_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "concept_link_org_id_concept_id_fkey" FOREIGN KEY ("org_id", "concept_id") REFERENCES "concept"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "concept_link_org_id_concept_id_idx" ON "concept_link"("org_id", "concept_id");

CREATE TABLE "field_apart" (
    "org_id" UUID NOT NULL,
    "a_id" UUID NOT NULL,
    "b_id" UUID NOT NULL,
    "said_by" UUID,
    "said_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "field_apart_pkey" PRIMARY KEY ("org_id","a_id","b_id"),
    CONSTRAINT "field_apart_org_id_a_id_fkey" FOREIGN KEY ("org_id", "a_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "field_apart_org_id_b_id_fkey" FOREIGN KEY ("org_id", "b_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['field_promotion', 'field_promotion_source', 'concept', 'concept_link', 'field_apart'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;
