-- What an organisation keeps so that questions are answered from it: its products, say. Answers hold the ids of items.
CREATE TABLE "list" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "name" JSONB NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "list_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "list_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "list_org_id_territory_id_idx" ON "list"("org_id", "territory_id");

CREATE TABLE "list_item" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "territory_id" UUID NOT NULL,
    "code" TEXT,
    "code_key" TEXT,
    "label" JSONB NOT NULL,
    "group" TEXT,
    "retired_at" TIMESTAMPTZ(3),
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sync_xid" BIGINT NOT NULL DEFAULT 0,
    "sync_seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "list_item_pkey" PRIMARY KEY ("org_id","id"),
    CONSTRAINT "list_item_org_id_list_id_fkey" FOREIGN KEY ("org_id", "list_id") REFERENCES "list"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "list_item_org_id_territory_id_fkey" FOREIGN KEY ("org_id", "territory_id") REFERENCES "territory"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "list_item_org_id_list_id_code_key_key" ON "list_item"("org_id", "list_id", "code_key");
CREATE INDEX "list_item_org_id_list_id_sync_xid_sync_seq_idx" ON "list_item"("org_id", "list_id", "sync_xid", "sync_seq");

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['list', 'list_item'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;

-- Phones pull the items of the lists that their questions name.
CREATE TRIGGER stamp_sync BEFORE INSERT OR UPDATE ON list_item FOR EACH ROW EXECUTE FUNCTION stamp_sync();

-- Items are among what a question may be answered with (migration fields_stamp).
CREATE TRIGGER fields_stamp_insert AFTER INSERT ON list_item
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
CREATE TRIGGER fields_stamp_update AFTER UPDATE ON list_item
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION move_fields_stamp();
