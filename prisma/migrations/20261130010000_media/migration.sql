-- Photos that answers name by their ids. A row is made when a phone begins to send one; the bytes lie in the file storage,
-- under a key that nobody can guess.
CREATE TABLE "media" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "received" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'receiving',
    "width" INTEGER,
    "height" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kept_at" TIMESTAMPTZ(3),

    CONSTRAINT "media_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "media_org_id_report_id_fkey" FOREIGN KEY ("org_id", "report_id") REFERENCES "report"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "media_org_id_report_id_idx" ON "media"("org_id", "report_id");
CREATE INDEX "media_org_id_membership_id_created_at_idx" ON "media"("org_id", "membership_id", "created_at");

ALTER TABLE "media" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "media" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "media" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
