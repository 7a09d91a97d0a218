-- Sign-in under attack: an attempt is counted before the password is looked at, in one statement, so that parallel
-- attempts cannot slip past the limit; and a link is found by its hash alone, so that no address stands in its URL.

-- Counts an attempt of a subject. Seconds to wait when it is locked, else 0: the attempt may go on. The one that reaches
-- p_max is the last before p_lock.
CREATE FUNCTION identity_take_attempt(p_subject text, p_max int, p_window interval, p_lock interval) RETURNS integer
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO sign_in_attempt AS a (subject, failures, window_start, locked_until)
  VALUES (p_subject, 1, clock_timestamp(), CASE WHEN p_max <= 1 THEN clock_timestamp() + p_lock END)
  ON CONFLICT (subject) DO UPDATE SET
    failures = CASE
      WHEN a.locked_until > clock_timestamp() THEN a.failures + 1
      WHEN a.locked_until IS NOT NULL OR a.window_start < clock_timestamp() - p_window THEN 1
      ELSE a.failures + 1 END,
    window_start = CASE
      WHEN a.locked_until > clock_timestamp() THEN a.window_start
      WHEN a.locked_until IS NOT NULL OR a.window_start < clock_timestamp() - p_window THEN clock_timestamp()
      ELSE a.window_start END,
    locked_until = CASE
      WHEN a.locked_until > clock_timestamp() THEN a.locked_until
      WHEN a.locked_until IS NOT NULL OR a.window_start < clock_timestamp() - p_window THEN NULL
      WHEN a.failures + 1 >= p_max THEN clock_timestamp() + p_lock
      ELSE NULL END
  RETURNING CASE WHEN failures > p_max THEN greatest(1, ceil(extract(epoch FROM locked_until - clock_timestamp())))::int ELSE 0 END
$$;

-- Uses a link once and drops the person's other links; nothing when it is unknown or was used.
CREATE FUNCTION identity_take_link(p_token_hash text) RETURNS TABLE (email text, expires_at timestamptz)
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH used AS (SELECT t.email, t.token_hash, t.expires_at FROM sign_in_token t WHERE t.token_hash = p_token_hash FOR UPDATE),
       gone AS (DELETE FROM sign_in_token t USING used WHERE t.email = used.email RETURNING t.token_hash)
  SELECT used.email, used.expires_at FROM used JOIN gone ON gone.token_hash = used.token_hash
$$;

-- Attempts older than a day say nothing any more; one call in a hundred sweeps them.
CREATE FUNCTION identity_sweep_attempts() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF random() < 0.01 THEN
    DELETE FROM sign_in_attempt
     WHERE window_start < clock_timestamp() - interval '1 day' AND coalesce(locked_until, window_start) < clock_timestamp();
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER sweep_attempts AFTER INSERT ON sign_in_attempt FOR EACH STATEMENT EXECUTE FUNCTION identity_sweep_attempts();

-- Replaced by identity_take_link.
DROP FUNCTION identity_use_link(text, text);

REVOKE ALL ON FUNCTION identity_take_attempt(text, int, interval, interval), identity_take_link(text), identity_sweep_attempts() FROM PUBLIC;
