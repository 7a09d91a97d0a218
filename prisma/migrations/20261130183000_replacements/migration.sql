-- Somebody takes another's places from a day to a day. The places are assignments of his own, which end by themselves.
CREATE TABLE "replacement" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "absent_id" UUID NOT NULL,
    "substitute_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "replacement_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "replacement_people_check" CHECK (absent_id <> substitute_id),
    CONSTRAINT "replacement_org_id_absent_id_fkey" FOREIGN KEY ("org_id", "absent_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "replacement_org_id_substitute_id_fkey" FOREIGN KEY ("org_id", "substitute_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "replacement_org_id_absent_id_valid_to_idx" ON "replacement"("org_id", "absent_id", "valid_to");
CREATE INDEX "replacement_org_id_substitute_id_valid_to_idx" ON "replacement"("org_id", "substitute_id", "valid_to");

ALTER TABLE "replacement" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "replacement" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "replacement" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

ALTER TABLE "assignment"
  ADD COLUMN "replacement_id" UUID,
  ADD COLUMN "replaces_id" UUID,
  ADD CONSTRAINT "assignment_replacement_check" CHECK ((replacement_id IS NULL) = (replaces_id IS NULL)),
  ADD CONSTRAINT "assignment_org_id_replacement_id_fkey" FOREIGN KEY ("org_id", "replacement_id") REFERENCES "replacement"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "assignment_org_id_replaces_id_fkey" FOREIGN KEY ("org_id", "replaces_id") REFERENCES "assignment"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "assignment_replacement_idx" ON "assignment"("org_id", "replacement_id") WHERE (replacement_id IS NOT NULL);
CREATE INDEX "assignment_replaced_idx" ON "assignment"("org_id", "replaces_id") WHERE (replaces_id IS NOT NULL);
