-- The right to define questions, handed on by somebody who holds it. What it gives is computed each day from what its giver
-- holds (domain/access/delegation.ts): nothing is copied, so nothing outlives its source.
CREATE TABLE "delegation" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "giver_id" UUID NOT NULL,
    "receiver_id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "taken_back_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "delegation_org_id_giver_id_fkey" FOREIGN KEY ("org_id", "giver_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "delegation_org_id_receiver_id_fkey" FOREIGN KEY ("org_id", "receiver_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "delegation_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "delegation_org_id_receiver_id_idx" ON "delegation"("org_id", "receiver_id");
CREATE INDEX "delegation_org_id_territory_id_idx" ON "delegation"("org_id", "territory_id");

ALTER TABLE "delegation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "delegation" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "delegation" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));

-- Ranks of the levels at which headquarters alone define questions.
ALTER TABLE "organisation" ADD COLUMN "headquarters_only" JSONB NOT NULL DEFAULT '[]';
