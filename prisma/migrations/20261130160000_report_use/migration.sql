-- Who read, listed or took away whose reports, by day: told to who wrote them.
CREATE TABLE "report_use" (
    "org_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "report_use_pkey" PRIMARY KEY ("org_id","author_id","day","user_id","kind"),
    CONSTRAINT "report_use_kind_check" CHECK (kind IN ('read', 'listed', 'exported')),
    CONSTRAINT "report_use_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

ALTER TABLE "report_use" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "report_use" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "report_use" USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()));
