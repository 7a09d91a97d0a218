-- Accounts per territory are counted from the index alone.
CREATE INDEX "account_live_idx" ON "account"("org_id", "territory_id", "kind") WHERE (deleted_at IS NULL);

-- What a question costs and gives, over everybody who answers it.
CREATE INDEX "ledger_cell_org_id_field_id_month_idx" ON "ledger_cell"("org_id", "field_id", "month");
