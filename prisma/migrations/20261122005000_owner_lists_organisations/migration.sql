-- A backup keeps every organisation and a restore says which ones it would overwrite, both as the owner, on whom row-level
-- security is forced too. This policy lets the owner alone read the names of organisations; their rows stay one
-- organisation at a time.
CREATE POLICY owner_lists ON organisation FOR SELECT TO CURRENT_USER USING (true);
