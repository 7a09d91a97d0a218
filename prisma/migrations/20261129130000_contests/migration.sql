-- What reps contest in a question, and what its owner answered. Who contested is kept to bring the answer back to that
-- person alone: nothing shows it to anybody else.
CREATE TABLE "contest_answer" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "field_version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT,
    "answered_by" UUID NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contest_answer_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "contest_answer_org_id_field_id_field_version_fkey" FOREIGN KEY ("org_id", "field_id", "field_version") REFERENCES "field_version"("org_id", "field_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "contest_answer_org_id_field_id_answered_at_idx" ON "contest_answer"("org_id", "field_id", "answered_at");

CREATE TABLE "contest" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "field_version" INTEGER NOT NULL,
    "membership_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "word" TEXT,
    "openly" BOOLEAN NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "answer_id" UUID,
    "version" INTEGER NOT NULL,

    CONSTRAINT "contest_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "contest_org_id_field_id_field_version_fkey" FOREIGN KEY ("org_id", "field_id", "field_version") REFERENCES "field_version"("org_id", "field_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "contest_org_id_membership_id_fkey" FOREIGN KEY ("org_id", "membership_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "contest_org_id_answer_id_fkey" FOREIGN KEY ("org_id", "answer_id") REFERENCES "contest_answer"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
-- One open contest a person, question and version; also what the lists of open ones are read by.
CREATE UNIQUE INDEX "contest_open_key" ON "contest"("org_id", "field_id", "field_version", "membership_id") WHERE (withdrawn_at IS NULL AND answer_id IS NULL);
CREATE INDEX "contest_org_id_membership_id_opened_at_idx" ON "contest"("org_id", "membership_id", "opened_at");
CREATE INDEX "contest_org_id_answer_id_idx" ON "contest"("org_id", "answer_id");

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['contest', 'contest_answer'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;
