-- Row-level security, stamps for pull, and the few functions that reach what the application role may not.
-- Roles are granted in prisma/prepare.ts: their names come from the configured addresses.

ALTER TABLE territory ALTER COLUMN path TYPE text COLLATE "C";
ALTER TABLE account ALTER COLUMN name_key TYPE text COLLATE "C";
ALTER TABLE contact ALTER COLUMN name_key TYPE text COLLATE "C";

-- No context means no rows: the setting is read once a query, thanks to the sub-select.
CREATE FUNCTION app_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.org', true), '')::uuid;
CREATE FUNCTION app_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.person', true), '')::uuid;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'membership', 'device', 'territory', 'assignment', 'account', 'account_home', 'contact', 'report', 'change',
    'field_definition', 'field_version', 'field_set', 'field_answer', 'callback', 'ledger_cell',
    'sync_receipt', 'sync_quarantine', 'rollup_outbox', 'rollup_cell', 'rollup_day', 'rollup_person', 'stock_cell',
    'audit_event'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org())) WITH CHECK (org_id = (SELECT app_org()))', name);
  END LOOP;
END $$;

ALTER TABLE organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisation USING (id = (SELECT app_org())) WITH CHECK (id = (SELECT app_org()));

-- A person sees which organisations he belongs to, before he has chosen one.
CREATE POLICY own_membership ON membership FOR SELECT USING (person_id = (SELECT app_person()));
CREATE POLICY own_organisation ON organisation FOR SELECT
  USING (id IN (SELECT org_id FROM membership WHERE person_id = (SELECT app_person())));

-- Identity: no policy and no grant, so the application reaches these only through the functions below.
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_attempt ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION identity_by_email(p_email text) RETURNS TABLE (id uuid, email text, password_hash text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.id, p.email, p.password_hash FROM person p WHERE p.email = lower(btrim(p_email))
$$;

CREATE FUNCTION identity_by_id(p_id uuid) RETURNS TABLE (id uuid, email text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.id, p.email FROM person p WHERE p.id = p_id
$$;

CREATE FUNCTION identity_memberships(p_person uuid)
  RETURNS TABLE (org_id uuid, org_name text, membership_id uuid, display_name text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM set_config('app.person', p_person::text, true);
  RETURN QUERY
    SELECT m.org_id, o.name, m.id, m.display_name
    FROM membership m JOIN organisation o ON o.id = m.org_id
    WHERE m.person_id = p_person AND m.revoked_at IS NULL
    ORDER BY m.created_at, m.id;
  PERFORM set_config('app.person', '', true);
END $$;

-- Keeps a link only for a known address; the caller answers the same either way.
CREATE FUNCTION identity_start_link(p_email text, p_token_hash text, p_expires timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM sign_in_token WHERE expires_at < now();
  IF NOT EXISTS (SELECT 1 FROM person WHERE email = lower(btrim(p_email))) THEN RETURN false; END IF;
  INSERT INTO sign_in_token (token_hash, email, expires_at) VALUES (p_token_hash, lower(btrim(p_email)), p_expires);
  RETURN true;
END $$;

CREATE FUNCTION identity_use_link(p_email text, p_token_hash text) RETURNS timestamptz
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM sign_in_token WHERE token_hash = p_token_hash AND email = lower(btrim(p_email)) RETURNING expires_at
$$;

-- Seconds until a subject may try again; 0 when it may now.
CREATE FUNCTION identity_retry_after(p_subjects text[]) RETURNS integer
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(max(ceil(extract(epoch FROM locked_until - now())))::int, 0)
  FROM sign_in_attempt WHERE subject = ANY (p_subjects) AND locked_until > now()
$$;

-- Counts a failure; at p_max within p_window the subject waits p_lock.
CREATE FUNCTION identity_count_failure(p_subject text, p_max int, p_window interval, p_lock interval) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO sign_in_attempt AS a (subject, failures, window_start) VALUES (p_subject, 1, now())
  ON CONFLICT (subject) DO UPDATE SET
    failures = CASE WHEN a.window_start < now() - p_window THEN 1 ELSE a.failures + 1 END,
    window_start = CASE WHEN a.window_start < now() - p_window THEN now() ELSE a.window_start END,
    locked_until = CASE WHEN a.window_start >= now() - p_window AND a.failures + 1 >= p_max THEN now() + p_lock ELSE a.locked_until END
$$;

CREATE FUNCTION identity_clear_failures(p_subject text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM sign_in_attempt WHERE subject = p_subject
$$;

-- Adds a job in the caller's transaction; the queue holds ids only. A key makes one waiting job of many requests.
CREATE FUNCTION enqueue_job(p_task text, p_payload json, p_key text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM graphile_worker.add_job(p_task, p_payload, job_key => p_key);
END $$;

-- Age in seconds of the oldest job that is due and not done.
CREATE FUNCTION job_lag_seconds() RETURNS double precision
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE lag double precision;
BEGIN
  SELECT coalesce(max(extract(epoch FROM now() - run_at)), 0) INTO lag
  FROM graphile_worker.jobs WHERE run_at <= now() AND attempts < max_attempts;
  RETURN greatest(lag, 0);
END $$;

-- Names of the migrations that were applied, for the health check.
CREATE FUNCTION applied_migrations() RETURNS SETOF text
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT migration_name::text FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL;
END $$;

-- Rows that phones pull are stamped (transaction, sequence): a reader takes only those below the oldest open
-- transaction, so a slow writer is never skipped. bigint, because comparisons of xid8 are not leakproof.
CREATE SEQUENCE sync_seq;
CREATE FUNCTION stamp_sync() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.sync_xid := pg_current_xact_id()::text::bigint;
  NEW.sync_seq := nextval('sync_seq');
  RETURN NEW;
END $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['account', 'account_home', 'contact', 'report', 'callback'] LOOP
    EXECUTE format('CREATE TRIGGER stamp_sync BEFORE INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION stamp_sync()', name);
  END LOOP;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
