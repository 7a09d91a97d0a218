-- Where branches were before they were moved: work captured before a move, and sent after it, is judged in the tree of its
-- moment. Moves made before this are not known.
CREATE TABLE "branch_move" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "from_path" TEXT COLLATE "C" NOT NULL,
    "to_path" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "branch_move_pkey" PRIMARY KEY ("org_id","id")
);
CREATE INDEX "branch_move_org_id_at_idx" ON "branch_move"("org_id", "at");

ALTER TABLE "branch_move" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "branch_move" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "branch_move" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
