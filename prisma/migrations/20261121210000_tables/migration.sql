
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "account" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "activity" TEXT,
    "street" TEXT,
    "postcode" TEXT,
    "city" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "phone" TEXT,
    "phone_raw" TEXT,
    "email" TEXT,
    "email_raw" TEXT,
    "visit_every_days" INTEGER NOT NULL DEFAULT 60,
    "priority" SMALLINT NOT NULL DEFAULT 0,
    "priority_reason" TEXT,
    "last_visit_day" DATE,
    "values" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    "sync_xid" BIGINT NOT NULL DEFAULT 0,
    "sync_seq" BIGINT NOT NULL DEFAULT 0,
    "t01" TEXT,
    "t02" TEXT,
    "t03" TEXT,
    "t04" TEXT,
    "t05" TEXT,
    "t06" TEXT,
    "n01" DOUBLE PRECISION,
    "n02" DOUBLE PRECISION,
    "n03" DOUBLE PRECISION,
    "d01" DATE,
    "d02" DATE,
    "d03" DATE,

    CONSTRAINT "account_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "account_home" (
    "org_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "territory_id" UUID NOT NULL,
    "to_at" TIMESTAMPTZ(3),
    "moved_by" UUID,
    "sync_xid" BIGINT NOT NULL DEFAULT 0,
    "sync_seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "account_home_pkey" PRIMARY KEY ("org_id","account_id","from_at")
);

-- CreateTable
CREATE TABLE "contact" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "job_title" TEXT,
    "phone" TEXT,
    "phone_raw" TEXT,
    "email" TEXT,
    "email_raw" TEXT,
    "opted_out_at" TIMESTAMPTZ(3),
    "values" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    "sync_xid" BIGINT NOT NULL DEFAULT 0,
    "sync_seq" BIGINT NOT NULL DEFAULT 0,
    "t01" TEXT,
    "t02" TEXT,
    "t03" TEXT,
    "t04" TEXT,
    "t05" TEXT,
    "t06" TEXT,
    "n01" DOUBLE PRECISION,
    "n02" DOUBLE PRECISION,
    "n03" DOUBLE PRECISION,
    "d01" DATE,
    "d02" DATE,
    "d03" DATE,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "callback" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "contact_id" UUID,
    "assignee_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "due_day" DATE NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sync_xid" BIGINT NOT NULL DEFAULT 0,
    "sync_seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "callback_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "rollup_outbox" (
    "org_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "fact" JSONB NOT NULL,

    CONSTRAINT "rollup_outbox_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "rollup_cell" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "basis" TEXT NOT NULL,
    "territory_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "bucket" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "rollup_cell_pkey" PRIMARY KEY ("org_id","field_id","basis","territory_id","month","bucket","outcome")
);

-- CreateTable
CREATE TABLE "rollup_day" (
    "org_id" UUID NOT NULL,
    "basis" TEXT NOT NULL,
    "territory_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "rollup_day_pkey" PRIMARY KEY ("org_id","basis","territory_id","day","kind","outcome")
);

-- CreateTable
CREATE TABLE "rollup_person" (
    "org_id" UUID NOT NULL,
    "basis" TEXT NOT NULL,
    "territory_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "membership_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "rollup_person_pkey" PRIMARY KEY ("org_id","basis","territory_id","month","membership_id")
);

-- CreateTable
CREATE TABLE "stock_cell" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "bucket" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "stock_cell_pkey" PRIMARY KEY ("org_id","field_id","territory_id","bucket")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "membership_id" UUID,
    "action" TEXT NOT NULL,
    "subject_id" UUID,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "field_definition" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "current_version" INTEGER NOT NULL DEFAULT 0,
    "retired_at" TIMESTAMPTZ(3),
    "slot" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "field_definition_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "field_version" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "spec" JSONB NOT NULL,
    "published_by" UUID,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "field_version_pkey" PRIMARY KEY ("org_id","field_id","version")
);

-- CreateTable
CREATE TABLE "field_set" (
    "org_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "members" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "field_set_pkey" PRIMARY KEY ("org_id","hash")
);

-- CreateTable
CREATE TABLE "field_answer" (
    "org_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "entity_id" UUID NOT NULL,
    "ordinal" SMALLINT NOT NULL,
    "text" TEXT,
    "number" DOUBLE PRECISION,
    "day" DATE,

    CONSTRAINT "field_answer_pkey" PRIMARY KEY ("org_id","field_id","entity_id","ordinal")
);

-- CreateTable
CREATE TABLE "ledger_cell" (
    "org_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "answers" INTEGER NOT NULL DEFAULT 0,
    "seconds" INTEGER NOT NULL DEFAULT 0,
    "received" INTEGER NOT NULL DEFAULT 0,
    "used" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_cell_pkey" PRIMARY KEY ("org_id","membership_id","field_id","month")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_token" (
    "token_hash" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_token_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "subject" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "level_names" JSONB NOT NULL,
    "default_locale" TEXT NOT NULL DEFAULT 'fr',
    "time_zone" TEXT NOT NULL DEFAULT 'Europe/Paris',
    "epoch" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "display_name" TEXT NOT NULL,
    "locale" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "membership_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "device" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "device_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "report" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "contact_id" UUID,
    "territory_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "note" TEXT,
    "field_set" TEXT,
    "values" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL,
    "missing" JSONB NOT NULL DEFAULT '[]',
    "duration_seconds" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "captured_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sync_xid" BIGINT NOT NULL DEFAULT 0,
    "sync_seq" BIGINT NOT NULL DEFAULT 0,
    "t01" TEXT,
    "t02" TEXT,
    "t03" TEXT,
    "t04" TEXT,
    "t05" TEXT,
    "t06" TEXT,
    "t07" TEXT,
    "t08" TEXT,
    "t09" TEXT,
    "t10" TEXT,
    "t11" TEXT,
    "t12" TEXT,
    "n01" DOUBLE PRECISION,
    "n02" DOUBLE PRECISION,
    "n03" DOUBLE PRECISION,
    "n04" DOUBLE PRECISION,
    "n05" DOUBLE PRECISION,
    "n06" DOUBLE PRECISION,
    "d01" DATE,
    "d02" DATE,
    "d03" DATE,
    "d04" DATE,

    CONSTRAINT "report_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "change" (
    "org_id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "membership_id" UUID NOT NULL,
    "op_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,

    CONSTRAINT "change_pkey" PRIMARY KEY ("org_id","entity","entity_id","version")
);

-- CreateTable
CREATE TABLE "sync_receipt" (
    "org_id" UUID NOT NULL,
    "op_id" UUID NOT NULL,
    "device_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sync_receipt_pkey" PRIMARY KEY ("org_id","op_id")
);

-- CreateTable
CREATE TABLE "sync_quarantine" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "op_id" UUID,
    "body_hash" TEXT NOT NULL,
    "device_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "operation" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sync_quarantine_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "territory" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "parent_id" UUID,
    "rank" SMALLINT NOT NULL,
    "name" TEXT NOT NULL,
    "code" TEXT,
    "path" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "territory_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "granted_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateIndex
CREATE INDEX "account_org_id_territory_id_name_key_idx" ON "account"("org_id", "territory_id", "name_key");

-- CreateIndex
CREATE INDEX "account_org_id_territory_id_sync_xid_sync_seq_idx" ON "account"("org_id", "territory_id", "sync_xid", "sync_seq");

-- CreateIndex
CREATE INDEX "account_org_id_name_key_idx" ON "account"("org_id", "name_key");

-- CreateIndex
CREATE INDEX "account_phone_idx" ON "account"("org_id", "phone") WHERE (phone IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_t01_idx" ON "account"("org_id", "t01") WHERE (t01 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_t02_idx" ON "account"("org_id", "t02") WHERE (t02 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_t03_idx" ON "account"("org_id", "t03") WHERE (t03 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_t04_idx" ON "account"("org_id", "t04") WHERE (t04 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_t05_idx" ON "account"("org_id", "t05") WHERE (t05 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_t06_idx" ON "account"("org_id", "t06") WHERE (t06 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_n01_idx" ON "account"("org_id", "n01") WHERE (n01 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_n02_idx" ON "account"("org_id", "n02") WHERE (n02 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_n03_idx" ON "account"("org_id", "n03") WHERE (n03 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_d01_idx" ON "account"("org_id", "d01") WHERE (d01 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_d02_idx" ON "account"("org_id", "d02") WHERE (d02 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_d03_idx" ON "account"("org_id", "d03") WHERE (d03 IS NOT NULL);

-- CreateIndex
CREATE INDEX "account_home_org_id_territory_id_sync_xid_sync_seq_idx" ON "account_home"("org_id", "territory_id", "sync_xid", "sync_seq");

-- CreateIndex
CREATE INDEX "contact_org_id_account_id_sync_xid_sync_seq_idx" ON "contact"("org_id", "account_id", "sync_xid", "sync_seq");

-- CreateIndex
CREATE INDEX "contact_phone_idx" ON "contact"("org_id", "phone") WHERE (phone IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_email_idx" ON "contact"("org_id", "email") WHERE (email IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_t01_idx" ON "contact"("org_id", "t01") WHERE (t01 IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_t02_idx" ON "contact"("org_id", "t02") WHERE (t02 IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_t03_idx" ON "contact"("org_id", "t03") WHERE (t03 IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_t04_idx" ON "contact"("org_id", "t04") WHERE (t04 IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_t05_idx" ON "contact"("org_id", "t05") WHERE (t05 IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_t06_idx" ON "contact"("org_id", "t06") WHERE (t06 IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_n01_idx" ON "contact"("org_id", "n01") WHERE (n01 IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_n02_idx" ON "contact"("org_id", "n02") WHERE (n02 IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_n03_idx" ON "contact"("org_id", "n03") WHERE (n03 IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_d01_idx" ON "contact"("org_id", "d01") WHERE (d01 IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_d02_idx" ON "contact"("org_id", "d02") WHERE (d02 IS NOT NULL);

-- CreateIndex
CREATE INDEX "contact_d03_idx" ON "contact"("org_id", "d03") WHERE (d03 IS NOT NULL);

-- CreateIndex
CREATE INDEX "callback_org_id_account_id_sync_xid_sync_seq_idx" ON "callback"("org_id", "account_id", "sync_xid", "sync_seq");

-- CreateIndex
CREATE INDEX "callback_org_id_assignee_id_due_day_idx" ON "callback"("org_id", "assignee_id", "due_day");

-- CreateIndex
CREATE INDEX "audit_event_org_id_at_idx" ON "audit_event"("org_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "field_definition_org_id_territory_id_entity_key_key" ON "field_definition"("org_id", "territory_id", "entity", "key");

-- CreateIndex
CREATE INDEX "field_answer_org_id_field_id_text_idx" ON "field_answer"("org_id", "field_id", "text");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE INDEX "sign_in_token_email_idx" ON "sign_in_token"("email");

-- CreateIndex
CREATE UNIQUE INDEX "organisation_slug_key" ON "organisation"("slug");

-- CreateIndex
CREATE INDEX "membership_person_id_idx" ON "membership"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_org_id_person_id_key" ON "membership"("org_id", "person_id");

-- CreateIndex
CREATE INDEX "device_org_id_membership_id_idx" ON "device"("org_id", "membership_id");

-- CreateIndex
CREATE INDEX "report_org_id_account_id_sync_xid_sync_seq_idx" ON "report"("org_id", "account_id", "sync_xid", "sync_seq");

-- CreateIndex
CREATE INDEX "report_org_id_account_id_day_idx" ON "report"("org_id", "account_id", "day");

-- CreateIndex
CREATE INDEX "report_org_id_territory_id_day_idx" ON "report"("org_id", "territory_id", "day");

-- CreateIndex
CREATE INDEX "report_org_id_author_id_day_idx" ON "report"("org_id", "author_id", "day");

-- CreateIndex
CREATE INDEX "report_t01_idx" ON "report"("org_id", "t01") WHERE (t01 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_t02_idx" ON "report"("org_id", "t02") WHERE (t02 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_t03_idx" ON "report"("org_id", "t03") WHERE (t03 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_t04_idx" ON "report"("org_id", "t04") WHERE (t04 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_t05_idx" ON "report"("org_id", "t05") WHERE (t05 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_t06_idx" ON "report"("org_id", "t06") WHERE (t06 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_t07_idx" ON "report"("org_id", "t07") WHERE (t07 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_t08_idx" ON "report"("org_id", "t08") WHERE (t08 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_t09_idx" ON "report"("org_id", "t09") WHERE (t09 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_t10_idx" ON "report"("org_id", "t10") WHERE (t10 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_t11_idx" ON "report"("org_id", "t11") WHERE (t11 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_t12_idx" ON "report"("org_id", "t12") WHERE (t12 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_n01_idx" ON "report"("org_id", "n01") WHERE (n01 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_n02_idx" ON "report"("org_id", "n02") WHERE (n02 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_n03_idx" ON "report"("org_id", "n03") WHERE (n03 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_n04_idx" ON "report"("org_id", "n04") WHERE (n04 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_n05_idx" ON "report"("org_id", "n05") WHERE (n05 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_n06_idx" ON "report"("org_id", "n06") WHERE (n06 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_d01_idx" ON "report"("org_id", "d01") WHERE (d01 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_d02_idx" ON "report"("org_id", "d02") WHERE (d02 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_d03_idx" ON "report"("org_id", "d03") WHERE (d03 IS NOT NULL);

-- CreateIndex
CREATE INDEX "report_d04_idx" ON "report"("org_id", "d04") WHERE (d04 IS NOT NULL);

-- CreateIndex
CREATE INDEX "sync_receipt_org_id_device_id_entity_id_seq_idx" ON "sync_receipt"("org_id", "device_id", "entity_id", "seq");

-- CreateIndex
CREATE INDEX "sync_quarantine_org_id_membership_id_received_at_idx" ON "sync_quarantine"("org_id", "membership_id", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "sync_quarantine_org_id_device_id_body_hash_key" ON "sync_quarantine"("org_id", "device_id", "body_hash");

-- CreateIndex
CREATE INDEX "territory_org_id_parent_id_idx" ON "territory"("org_id", "parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "territory_org_id_path_key" ON "territory"("org_id", "path");

-- CreateIndex
CREATE INDEX "assignment_org_id_membership_id_idx" ON "assignment"("org_id", "membership_id");

-- CreateIndex
CREATE INDEX "assignment_org_id_territory_id_idx" ON "assignment"("org_id", "territory_id");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_home" ADD CONSTRAINT "account_home_org_id_account_id_fkey" FOREIGN KEY ("org_id", "account_id") REFERENCES "account"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_org_id_account_id_fkey" FOREIGN KEY ("org_id", "account_id") REFERENCES "account"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "callback" ADD CONSTRAINT "callback_org_id_account_id_fkey" FOREIGN KEY ("org_id", "account_id") REFERENCES "account"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "callback" ADD CONSTRAINT "callback_org_id_contact_id_fkey" FOREIGN KEY ("org_id", "contact_id") REFERENCES "contact"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "field_definition" ADD CONSTRAINT "field_definition_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "field_version" ADD CONSTRAINT "field_version_org_id_field_id_fkey" FOREIGN KEY ("org_id", "field_id") REFERENCES "field_definition"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device" ADD CONSTRAINT "device_org_id_membership_id_fkey" FOREIGN KEY ("org_id", "membership_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_org_id_account_id_fkey" FOREIGN KEY ("org_id", "account_id") REFERENCES "account"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_org_id_contact_id_fkey" FOREIGN KEY ("org_id", "contact_id") REFERENCES "contact"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "territory" ADD CONSTRAINT "territory_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "territory" ADD CONSTRAINT "territory_org_id_parent_id_fkey" FOREIGN KEY ("org_id", "parent_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_org_id_membership_id_fkey" FOREIGN KEY ("org_id", "membership_id") REFERENCES "membership"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

