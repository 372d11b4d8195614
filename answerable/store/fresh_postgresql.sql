-- What all migrations leave of an empty PostgreSQL database. Written by: python -m answerable.run.fresh
CREATE FUNCTION public.channel_side() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.exercise <> OLD.exercise THEN RAISE EXCEPTION 'a channel never changes sides' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.delivery_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM channels WHERE id = NEW.channel_id AND exercise = NEW.exercise) OR NOT EXISTS (SELECT 1 FROM statement_versions v JOIN statements s ON s.id = v.statement_id WHERE v.id = NEW.version_id AND s.exercise = NEW.exercise AND s.voice_id = NEW.voice_id AND v.published_at IS NOT NULL) OR (TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM voices WHERE id = NEW.voice_id AND retired_at IS NOT NULL)) THEN RAISE EXCEPTION 'a delivery carries a published text, in its registered voice, on its own side' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.invitation_guard() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'an invitation never changes' USING ERRCODE = 'check_violation'; ELSIF NOT EXISTS (SELECT 1 FROM channels WHERE id = NEW.channel_id AND NOT exercise) OR NOT EXISTS (SELECT 1 FROM reply_texts WHERE id = NEW.text_id AND invites AND approved_at IS NOT NULL) OR NOT EXISTS (SELECT 1 FROM voices vo WHERE vo.id = NEW.voice_id AND vo.retired_at IS NULL AND TRIM(vo.name) <> '' AND TRIM(vo.role) <> '') OR EXISTS (SELECT 1 FROM items WHERE id = NEW.item AND exercise) THEN RAISE EXCEPTION 'an invitation is an approved text, in a registered voice, on the real side' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.ledger_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
CREATE FUNCTION public.notice_exercise() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (NEW.exercise AND NEW.state IN ('waiting', 'sending') AND NOT EXISTS (SELECT 1 FROM reaches WHERE person_id = NEW.person_id AND drills)) OR EXISTS (SELECT 1 FROM calls WHERE id = NEW.call_id AND exercise <> NEW.exercise) THEN RAISE EXCEPTION 'an exercise reaches only people who take part in drills' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.voice_of_case_answers() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.sent_at IS NOT NULL AND NOT NEW.brought_in AND NOT EXISTS (SELECT 1 FROM voices vo WHERE vo.id = NEW.voice_id AND vo.retired_at IS NULL AND TRIM(vo.name) <> '' AND TRIM(vo.role) <> '') THEN IF TG_OP = 'INSERT' OR OLD.sent_at IS NULL OR NEW.voice_id IS DISTINCT FROM OLD.voice_id THEN RAISE EXCEPTION 'nothing goes out without a registered voice' USING ERRCODE = 'check_violation'; END IF; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.voice_of_cases() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.public_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM voices vo WHERE vo.id = NEW.public_voice_id AND vo.retired_at IS NULL AND TRIM(vo.name) <> '' AND TRIM(vo.role) <> '') THEN IF TG_OP = 'INSERT' OR OLD.public_at IS NULL OR NEW.public_voice_id IS DISTINCT FROM OLD.public_voice_id THEN RAISE EXCEPTION 'nothing goes out without a registered voice' USING ERRCODE = 'check_violation'; END IF; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.voice_of_publications() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM voices vo WHERE vo.id = (SELECT st.voice_id FROM statement_versions ve JOIN statements st ON st.id = ve.statement_id WHERE ve.id = NEW.version_id) AND vo.retired_at IS NULL AND TRIM(vo.name) <> '' AND TRIM(vo.role) <> '') THEN RAISE EXCEPTION 'nothing goes out without a registered voice' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.voice_of_statements() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM voices vo WHERE vo.id = NEW.voice_id AND vo.retired_at IS NULL AND TRIM(vo.name) <> '' AND TRIM(vo.role) <> '') THEN RAISE EXCEPTION 'nothing goes out without a registered voice' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;
CREATE FUNCTION public.voice_of_voice_replies() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NOT EXISTS (SELECT 1 FROM voices vo WHERE vo.id = NEW.voice_id AND vo.retired_at IS NULL AND TRIM(vo.name) <> '' AND TRIM(vo.role) <> '') THEN RAISE EXCEPTION 'nothing goes out without a registered voice' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;
CREATE TABLE public.advice (
    id bigint NOT NULL,
    exercise boolean NOT NULL,
    hour integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    advice character varying(10) NOT NULL,
    rule character varying(60) NOT NULL,
    rules_version integer NOT NULL,
    inputs jsonb NOT NULL,
    observed_6 integer,
    observed_24 integer,
    story_id bigint NOT NULL,
    CONSTRAINT advice_observed_24_check CHECK ((observed_24 >= 0)),
    CONSTRAINT advice_observed_6_check CHECK ((observed_6 >= 0)),
    CONSTRAINT advice_rules_version_check CHECK ((rules_version >= 0))
);
CREATE TABLE public.advice_choices (
    id bigint NOT NULL,
    choice character varying(10) NOT NULL,
    chosen_at timestamp with time zone NOT NULL,
    hour integer NOT NULL,
    observed_6 integer,
    observed_24 integer,
    chosen_by_id bigint NOT NULL,
    advice_id bigint NOT NULL,
    CONSTRAINT advice_choices_observed_24_check CHECK ((observed_24 >= 0)),
    CONSTRAINT advice_choices_observed_6_check CHECK ((observed_6 >= 0))
);
ALTER TABLE public.advice_choices ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.advice_choices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.advice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.advice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.alert_rules (
    id bigint NOT NULL,
    budget double precision NOT NULL,
    concerns text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint NOT NULL
);
ALTER TABLE public.alert_rules ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alert_rules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.alerts (
    id bigint NOT NULL,
    exercise boolean NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    state character varying(20) NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    signal_id bigint NOT NULL,
    story_id bigint NOT NULL,
    dismissed_as character varying(20) NOT NULL
);
ALTER TABLE public.alerts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.alerts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.answer_askers (
    id bigint NOT NULL,
    language character varying(12) NOT NULL,
    since timestamp with time zone NOT NULL,
    knows integer NOT NULL,
    confirmed boolean NOT NULL,
    left_at timestamp with time zone,
    answer_id bigint NOT NULL,
    message_id bigint,
    CONSTRAINT answer_askers_knows_check CHECK ((knows >= 0))
);
CREATE TABLE public.answer_disputes (
    id bigint NOT NULL,
    version integer NOT NULL,
    text text NOT NULL,
    language character varying(12) NOT NULL,
    token bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    assigned_at timestamp with time zone,
    due_at timestamp with time zone NOT NULL,
    turns smallint NOT NULL,
    decided_at timestamp with time zone,
    decision character varying(10) NOT NULL,
    note text NOT NULL,
    answer_id bigint NOT NULL,
    reviewer_id bigint,
    CONSTRAINT answer_disputes_turns_check CHECK ((turns >= 0)),
    CONSTRAINT answer_disputes_version_check CHECK ((version >= 0))
);
CREATE TABLE public.answer_documents (
    sha256 character varying(64) NOT NULL,
    title character varying(300) NOT NULL,
    name character varying(120) NOT NULL,
    body bytea NOT NULL,
    size integer NOT NULL,
    stored_at timestamp with time zone NOT NULL,
    answer_id bigint NOT NULL,
    stored_by_id bigint NOT NULL,
    picture bytea,
    erased_at timestamp with time zone,
    given_sha256 character varying(64) NOT NULL,
    CONSTRAINT answer_documents_size_check CHECK ((size >= 0))
);
CREATE TABLE public.answer_links (
    id bigint NOT NULL,
    how character varying(10) NOT NULL,
    chance double precision,
    reasons jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    answer_id bigint NOT NULL,
    by_id bigint,
    case_id bigint,
    story_id bigint
);
ALTER TABLE public.answer_links ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.answer_links_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.answer_notices (
    id bigint NOT NULL,
    how character varying(10) NOT NULL,
    key character varying(60) NOT NULL,
    state character varying(10) NOT NULL,
    exercise boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    leased_until timestamp with time zone,
    tries smallint NOT NULL,
    sent_at timestamp with time zone,
    trouble character varying(200) NOT NULL,
    asker_id bigint NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT answer_notices_tries_check CHECK ((tries >= 0)),
    CONSTRAINT no_exercise_tells_a_person CHECK (((NOT exercise) OR ((how)::text = 'page'::text)))
);
ALTER TABLE public.answer_notices ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.answer_notices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.answer_votes (
    id bigint NOT NULL,
    version integer NOT NULL,
    voter bytea NOT NULL,
    helped boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    answer_id bigint NOT NULL,
    CONSTRAINT answer_votes_version_check CHECK ((version >= 0))
);
ALTER TABLE public.answer_votes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.answer_votes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.answers (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    claim text NOT NULL,
    language character varying(12) NOT NULL,
    harm smallint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    look_again_at timestamp with time zone,
    told integer NOT NULL,
    reopened_at timestamp with time zone,
    reopened_why character varying(20) NOT NULL,
    sends_itself_to jsonb NOT NULL,
    set_aside_at timestamp with time zone,
    exercise boolean NOT NULL,
    version integer NOT NULL,
    opened_by_id bigint NOT NULL,
    owner_id bigint,
    statement_id bigint,
    unit_id bigint NOT NULL,
    CONSTRAINT answers_harm_check CHECK ((harm >= 0)),
    CONSTRAINT answers_told_check CHECK ((told >= 0)),
    CONSTRAINT answers_version_check CHECK ((version >= 0))
);
ALTER TABLE public.answers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.answers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.asker_contacts (
    asker bigint NOT NULL,
    sealed bytea NOT NULL,
    erase_at timestamp with time zone NOT NULL
);
CREATE TABLE public.assessments (
    id bigint NOT NULL,
    level smallint NOT NULL,
    text text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL,
    room_id bigint NOT NULL,
    CONSTRAINT assessments_level_check CHECK ((level >= 0))
);
ALTER TABLE public.assessments ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.backlog (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    items integer NOT NULL,
    oldest_at timestamp with time zone,
    classes jsonb NOT NULL,
    CONSTRAINT backlog_items_check CHECK ((items >= 0))
);
ALTER TABLE public.backlog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.backlog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.call_orders (
    unit_id bigint NOT NULL,
    people jsonb NOT NULL,
    wait_s integer NOT NULL,
    CONSTRAINT call_orders_wait_s_check CHECK ((wait_s >= 0))
);
CREATE TABLE public.calls (
    id bigint NOT NULL,
    exercise boolean NOT NULL,
    urgent boolean NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    steps integer NOT NULL,
    set_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    alert_id bigint,
    answered_by_id bigint,
    unit_id bigint NOT NULL,
    room_id bigint,
    told_id bigint,
    escalation_id bigint,
    departure_id bigint,
    owed_id bigint,
    CONSTRAINT calls_steps_check CHECK ((steps >= 0))
);
ALTER TABLE public.calls ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.case_answers (
    id bigint NOT NULL,
    round smallint NOT NULL,
    text text NOT NULL,
    outcome character varying(12) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    sent_at timestamp with time zone,
    due_at timestamp with time zone,
    brought_in boolean NOT NULL,
    case_id bigint NOT NULL,
    sent_by_id bigint,
    written_by_id bigint,
    bank_id bigint,
    alike boolean NOT NULL,
    told_at timestamp with time zone,
    voice_id bigint,
    CONSTRAINT answer_sent_by_a_second_person CHECK (((sent_at IS NULL) OR brought_in OR (bank_id IS NOT NULL) OR (NOT ((sent_by_id = written_by_id) AND (sent_by_id IS NOT NULL) AND (written_by_id IS NOT NULL))))),
    CONSTRAINT case_answers_round_check CHECK ((round >= 0))
);
ALTER TABLE public.case_answers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_answers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.case_contests (
    id bigint NOT NULL,
    round smallint NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    upheld boolean,
    note text NOT NULL,
    case_id bigint NOT NULL,
    settled_by_id bigint,
    message_id bigint NOT NULL,
    told_at timestamp with time zone,
    voice_id bigint,
    CONSTRAINT case_contests_round_check CHECK ((round >= 0))
);
ALTER TABLE public.case_contests ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_contests_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.case_events (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    params jsonb NOT NULL,
    actor_id bigint,
    case_id bigint NOT NULL
);
ALTER TABLE public.case_events ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.case_legs (
    id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    why character varying(12) NOT NULL,
    case_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.case_legs ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_legs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.case_letters (
    id bigint NOT NULL,
    what character varying(10) NOT NULL,
    about bigint NOT NULL,
    mark character varying(40) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    tries smallint NOT NULL,
    leased_until timestamp with time zone,
    sent_at timestamp with time zone,
    trouble character varying(40) NOT NULL,
    message_id bigint NOT NULL,
    CONSTRAINT case_letters_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.case_letters ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_letters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.case_messages (
    id bigint NOT NULL,
    item bigint,
    at timestamp with time zone NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    words_key bytea NOT NULL,
    copy boolean NOT NULL,
    case_id bigint NOT NULL,
    submission_id bigint,
    follows_id bigint
);
ALTER TABLE public.case_messages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_messages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.case_pauses (
    id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    reason character varying(20) NOT NULL,
    note character varying(300) NOT NULL,
    case_id bigint NOT NULL
);
ALTER TABLE public.case_pauses ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_pauses_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.case_ratings (
    id bigint NOT NULL,
    round smallint NOT NULL,
    helped boolean NOT NULL,
    asked_by character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    case_id bigint NOT NULL,
    message_id bigint NOT NULL,
    recorded_by_id bigint,
    CONSTRAINT case_ratings_round_check CHECK ((round >= 0))
);
ALTER TABLE public.case_ratings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_ratings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.case_steps (
    id bigint NOT NULL,
    round smallint NOT NULL,
    step character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    case_id bigint NOT NULL,
    told_at timestamp with time zone,
    CONSTRAINT case_steps_round_check CHECK ((round >= 0))
);
ALTER TABLE public.case_steps ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.case_steps_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cases (
    id bigint NOT NULL,
    stage character varying(12) NOT NULL,
    kind character varying(20) NOT NULL,
    came_by character varying(20) NOT NULL,
    place character varying(80) NOT NULL,
    collected_at timestamp with time zone NOT NULL,
    classified_at timestamp with time zone,
    assigned_at timestamp with time zone,
    supervised_at timestamp with time zone,
    fed_back_at timestamp with time zone,
    sorted_by character varying(10) NOT NULL,
    confidence double precision,
    sort_asked_at timestamp with time zone,
    people integer NOT NULL,
    copies integer NOT NULL,
    likes integer NOT NULL,
    also integer NOT NULL,
    round smallint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    lasts_s integer NOT NULL,
    due_at timestamp with time zone,
    look_at timestamp with time zone,
    first_due_at timestamp with time zone,
    first_answer_at timestamp with time zone,
    missed_at timestamp with time zone,
    outcome character varying(12) NOT NULL,
    left_out character varying(12) NOT NULL,
    contested boolean NOT NULL,
    public_title character varying(200) NOT NULL,
    public_text text NOT NULL,
    public_at timestamp with time zone,
    version integer NOT NULL,
    handler_id bigint,
    merged_into_id bigint,
    proposed_id bigint,
    unit_id bigint NOT NULL,
    alike integer NOT NULL,
    heat integer NOT NULL,
    lead bigint,
    same_as bigint,
    wrote_at timestamp with time zone,
    public_voice_id bigint,
    CONSTRAINT cases_alike_check CHECK ((alike >= 0)),
    CONSTRAINT cases_also_check CHECK ((also >= 0)),
    CONSTRAINT cases_copies_check CHECK ((copies >= 0)),
    CONSTRAINT cases_heat_check CHECK ((heat >= 0)),
    CONSTRAINT cases_lasts_s_check CHECK ((lasts_s >= 0)),
    CONSTRAINT cases_likes_check CHECK ((likes >= 0)),
    CONSTRAINT cases_people_check CHECK ((people >= 0)),
    CONSTRAINT cases_round_check CHECK ((round >= 0)),
    CONSTRAINT cases_version_check CHECK ((version >= 0))
);
CREATE TABLE public.channels (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    name character varying(120) NOT NULL,
    address text NOT NULL,
    account character varying(200) NOT NULL,
    exercise boolean NOT NULL,
    added_at timestamp with time zone NOT NULL,
    paused boolean NOT NULL,
    removed_at timestamp with time zone,
    well_at timestamp with time zone,
    trouble character varying(200) NOT NULL,
    audience integer,
    real_id bigint,
    unit_id bigint NOT NULL,
    CONSTRAINT a_twin_is_an_exercise CHECK ((((NOT exercise) AND (real_id IS NULL)) OR (exercise AND (real_id IS NOT NULL)))),
    CONSTRAINT channels_audience_check CHECK ((audience >= 0))
);
ALTER TABLE public.channels ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claim_weights (
    id bigint NOT NULL,
    harm double precision NOT NULL,
    spread double precision NOT NULL,
    void double precision NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint NOT NULL
);
ALTER TABLE public.claim_weights ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claim_weights_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.clocks (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    met_at timestamp with time zone,
    missed_at timestamp with time zone,
    dropped_at timestamp with time zone,
    explanation text NOT NULL,
    explained_at timestamp with time zone,
    explained_by_id bigint,
    incident_id bigint NOT NULL,
    escalate_at timestamp with time zone
);
ALTER TABLE public.clocks ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clocks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.code_apps (
    person_id bigint NOT NULL,
    sealed bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    last_step bigint NOT NULL
);
CREATE TABLE public.conference_questions (
    id bigint NOT NULL,
    text character varying(500) NOT NULL,
    outlet character varying(120) NOT NULL,
    prepared text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    due_at timestamp with time zone,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id bigint,
    incident_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    CONSTRAINT answered_was_asked CHECK (((answered_at IS NULL) OR (asked_at IS NOT NULL)))
);
ALTER TABLE public.conference_questions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conference_questions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.conferences (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    place character varying(200) NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    held_at timestamp with time zone,
    off_at timestamp with time zone,
    incident_id bigint NOT NULL,
    planned_by_id bigint NOT NULL,
    voice_id bigint
);
ALTER TABLE public.conferences ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.conferences_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.deliveries (
    id bigint NOT NULL,
    language character varying(12) NOT NULL,
    key character varying(80) NOT NULL,
    exercise boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    tries smallint NOT NULL,
    leased_until timestamp with time zone,
    sent_at timestamp with time zone,
    said text NOT NULL,
    address text NOT NULL,
    remote character varying(400) NOT NULL,
    trouble character varying(200) NOT NULL,
    audience integer,
    passed_on integer,
    counted_at timestamp with time zone,
    channel_id bigint NOT NULL,
    posted_by_id bigint,
    version_id bigint NOT NULL,
    voice_id bigint NOT NULL,
    CONSTRAINT deliveries_audience_check CHECK ((audience >= 0)),
    CONSTRAINT deliveries_passed_on_check CHECK ((passed_on >= 0)),
    CONSTRAINT deliveries_tries_check CHECK ((tries >= 0)),
    CONSTRAINT sent_at_a_moment CHECK (((NOT ((state)::text = 'sent'::text)) OR (sent_at IS NOT NULL)))
);
ALTER TABLE public.deliveries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.deliveries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.departures (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    ground character varying(20) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    text_hash character varying(64) NOT NULL,
    gone_at timestamp with time zone,
    dropped_at timestamp with time zone,
    trouble character varying(200) NOT NULL,
    by_id bigint NOT NULL,
    version_id bigint NOT NULL
);
ALTER TABLE public.departures ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.departures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.desk_sessions (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    before character varying(40) NOT NULL,
    how character varying(10) NOT NULL,
    device character varying(60) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    person_id bigint NOT NULL
);
ALTER TABLE public.desk_sessions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.desk_sessions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.disputes (
    id bigint NOT NULL,
    why text NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    rises smallint NOT NULL,
    settled_at timestamp with time zone,
    note text NOT NULL,
    incident_id bigint NOT NULL,
    judge_id bigint NOT NULL,
    proposed_id bigint NOT NULL,
    raised_by_id bigint NOT NULL,
    settled_by_id bigint,
    unit_id bigint,
    CONSTRAINT disputes_rises_check CHECK ((rises >= 0))
);
ALTER TABLE public.disputes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.disputes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.drills (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    seed bigint NOT NULL,
    speed double precision NOT NULL,
    day_starts_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    played integer NOT NULL,
    total integer NOT NULL,
    ended_at timestamp with time zone,
    source_id bigint NOT NULL,
    CONSTRAINT drills_played_check CHECK ((played >= 0)),
    CONSTRAINT drills_total_check CHECK ((total >= 0))
);
ALTER TABLE public.drills ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.drills_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.duty_absences (
    id bigint NOT NULL,
    start timestamp with time zone NOT NULL,
    "end" timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    person_id bigint NOT NULL
);
ALTER TABLE public.duty_absences ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.duty_absences_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.duty_notes (
    id bigint NOT NULL,
    text text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    roster_id bigint NOT NULL,
    taken_by_id bigint,
    written_by_id bigint NOT NULL
);
ALTER TABLE public.duty_notes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.duty_notes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.duty_rosters (
    id bigint NOT NULL,
    team character varying(30) NOT NULL,
    seats smallint NOT NULL,
    holidays jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT duty_rosters_seats_check CHECK ((seats >= 0))
);
ALTER TABLE public.duty_rosters ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.duty_rosters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.duty_rotations (
    id bigint NOT NULL,
    people jsonb NOT NULL,
    first date NOT NULL,
    hand_over time without time zone NOT NULL,
    zone character varying(60) NOT NULL,
    days smallint NOT NULL,
    holidays character varying(5) NOT NULL,
    weekdays jsonb NOT NULL,
    since timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    roster_id bigint NOT NULL,
    CONSTRAINT duty_rotations_days_check CHECK ((days >= 0))
);
ALTER TABLE public.duty_rotations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.duty_rotations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.duty_stand_ins (
    id bigint NOT NULL,
    start timestamp with time zone NOT NULL,
    "end" timestamp with time zone NOT NULL,
    seat smallint,
    made_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    instead_of_id bigint,
    person_id bigint NOT NULL,
    roster_id bigint NOT NULL,
    CONSTRAINT duty_stand_ins_seat_check CHECK ((seat >= 0))
);
ALTER TABLE public.duty_stand_ins ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.duty_stand_ins_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.emergency_reports (
    id bigint NOT NULL,
    number smallint NOT NULL,
    conclusion character varying(200) NOT NULL,
    document jsonb NOT NULL,
    built_at timestamp with time zone NOT NULL,
    built_by_id bigint NOT NULL,
    incident_id bigint NOT NULL,
    CONSTRAINT emergency_reports_number_check CHECK ((number >= 0))
);
ALTER TABLE public.emergency_reports ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.emergency_reports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.escalations (
    id bigint NOT NULL,
    step character varying(10) NOT NULL,
    owed_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    clock_id bigint NOT NULL,
    unit_id bigint
);
ALTER TABLE public.escalations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.escalations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.evidence (
    id bigint NOT NULL,
    item bigint,
    title character varying(300) NOT NULL,
    link text NOT NULL,
    version_id bigint NOT NULL
);
ALTER TABLE public.evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.file_imports (
    id bigint NOT NULL,
    folder character varying(64) NOT NULL,
    name character varying(120) NOT NULL,
    mapping jsonb NOT NULL,
    zone character varying(60) NOT NULL,
    state character varying(10) NOT NULL,
    new integer NOT NULL,
    edited integer NOT NULL,
    known integer NOT NULL,
    refused integer NOT NULL,
    rejected integer NOT NULL,
    examples jsonb NOT NULL,
    trouble character varying(60) NOT NULL,
    trouble_params jsonb NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    asked_by_id bigint NOT NULL,
    source_id bigint NOT NULL,
    CONSTRAINT file_imports_edited_check CHECK ((edited >= 0)),
    CONSTRAINT file_imports_known_check CHECK ((known >= 0)),
    CONSTRAINT file_imports_new_check CHECK ((new >= 0)),
    CONSTRAINT file_imports_refused_check CHECK ((refused >= 0)),
    CONSTRAINT file_imports_rejected_check CHECK ((rejected >= 0))
);
ALTER TABLE public.file_imports ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.file_imports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.forecast_days (
    id bigint NOT NULL,
    exercise boolean NOT NULL,
    day date NOT NULL,
    horizon smallint NOT NULL,
    scored integer NOT NULL,
    inside50 integer NOT NULL,
    inside80 integer NOT NULL,
    inside90 integer NOT NULL,
    inside95 integer NOT NULL,
    above integer NOT NULL,
    naive_inside95 integer NOT NULL,
    wis double precision NOT NULL,
    wis_naive double precision NOT NULL,
    wis_log double precision NOT NULL,
    wis_log_naive double precision NOT NULL,
    CONSTRAINT forecast_days_above_check CHECK ((above >= 0)),
    CONSTRAINT forecast_days_horizon_check CHECK ((horizon >= 0)),
    CONSTRAINT forecast_days_inside50_check CHECK ((inside50 >= 0)),
    CONSTRAINT forecast_days_inside80_check CHECK ((inside80 >= 0)),
    CONSTRAINT forecast_days_inside90_check CHECK ((inside90 >= 0)),
    CONSTRAINT forecast_days_inside95_check CHECK ((inside95 >= 0)),
    CONSTRAINT forecast_days_naive_inside95_check CHECK ((naive_inside95 >= 0)),
    CONSTRAINT forecast_days_scored_check CHECK ((scored >= 0))
);
ALTER TABLE public.forecast_days ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forecast_days_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.forecast_learned (
    exercise boolean NOT NULL,
    state jsonb NOT NULL
);
CREATE TABLE public.forecasts (
    id bigint NOT NULL,
    exercise boolean NOT NULL,
    hour integer NOT NULL,
    horizon smallint NOT NULL,
    due integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expected double precision NOT NULL,
    low integer NOT NULL,
    high integer NOT NULL,
    quantiles jsonb NOT NULL,
    naive jsonb NOT NULL,
    inputs jsonb NOT NULL,
    observed integer,
    scored_at timestamp with time zone,
    story_id bigint NOT NULL,
    CONSTRAINT forecasts_high_check CHECK ((high >= 0)),
    CONSTRAINT forecasts_horizon_check CHECK ((horizon >= 0)),
    CONSTRAINT forecasts_low_check CHECK ((low >= 0)),
    CONSTRAINT forecasts_observed_check CHECK ((observed >= 0))
);
ALTER TABLE public.forecasts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.forecasts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.form_links (
    id bigint NOT NULL,
    slug character varying(12) NOT NULL,
    place character varying(200) NOT NULL,
    known_place character varying(80) NOT NULL,
    kind character varying(20) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    made_by_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.form_links ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.form_links_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.hub_subscriptions (
    id bigint NOT NULL,
    hub text NOT NULL,
    topic text NOT NULL,
    token character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    lease_until timestamp with time zone,
    polled_at timestamp with time zone,
    told_at timestamp with time zone,
    source_id bigint NOT NULL
);
ALTER TABLE public.hub_subscriptions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hub_subscriptions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.identities (
    person_id bigint NOT NULL,
    issuer character varying(500) NOT NULL,
    subject character varying(255) NOT NULL,
    joined_at timestamp with time zone NOT NULL
);
CREATE TABLE public.inbox_decisions (
    id bigint NOT NULL,
    what character varying(10) NOT NULL,
    why character varying(20) NOT NULL,
    messages integer NOT NULL,
    joined integer NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    decided_by_id bigint NOT NULL,
    incident_id bigint,
    thread_id bigint NOT NULL,
    unit_id bigint,
    CONSTRAINT inbox_decisions_joined_check CHECK ((joined >= 0)),
    CONSTRAINT inbox_decisions_messages_check CHECK ((messages >= 0))
);
ALTER TABLE public.inbox_decisions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.inbox_decisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.incident_stories (
    id bigint NOT NULL,
    alert_id bigint,
    incident_id bigint NOT NULL,
    story_id bigint NOT NULL
);
ALTER TABLE public.incident_stories ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incident_stories_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.incident_tasks (
    id bigint NOT NULL,
    phase character varying(10) NOT NULL,
    code character varying(40) NOT NULL,
    text character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    done_by_id bigint,
    incident_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    person_id bigint
);
ALTER TABLE public.incident_tasks ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incident_tasks_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.incidents (
    id bigint NOT NULL,
    title character varying(300) NOT NULL,
    level smallint NOT NULL,
    state character varying(20) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL,
    public boolean NOT NULL,
    exercise boolean NOT NULL,
    resolved_at timestamp with time zone,
    version integer NOT NULL,
    opened_by_id bigint NOT NULL,
    owner_id bigint,
    unit_id bigint NOT NULL,
    CONSTRAINT incidents_level_check CHECK ((level >= 0)),
    CONSTRAINT incidents_version_check CHECK ((version >= 0))
);
ALTER TABLE public.incidents ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.incidents_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.invitations (
    id bigint NOT NULL,
    post bytea NOT NULL,
    item bigint NOT NULL,
    why character varying(20) NOT NULL,
    slug character varying(12) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    tries smallint NOT NULL,
    leased_until timestamp with time zone,
    sent_at timestamp with time zone,
    said text NOT NULL,
    address text NOT NULL,
    trouble character varying(200) NOT NULL,
    by_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    story_id bigint,
    text_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    voice_id bigint NOT NULL,
    CONSTRAINT invitation_sent_at_a_moment CHECK (((NOT ((state)::text = 'sent'::text)) OR (sent_at IS NOT NULL))),
    CONSTRAINT invitations_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.invitations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.invitations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.item_pictures (
    id bigint NOT NULL,
    item bigint NOT NULL,
    hashed bytea NOT NULL
);
ALTER TABLE public.item_pictures ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.item_pictures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.item_search (
    item bigint NOT NULL,
    words tsvector NOT NULL
);
CREATE TABLE public.items (
    id bigint NOT NULL,
    key bytea NOT NULL,
    link_key bytea,
    author bytea,
    sealed bytea,
    link text NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    language character varying(12) NOT NULL,
    published bigint NOT NULL,
    heard bigint NOT NULL,
    batch bigint NOT NULL,
    duplicate_of bigint,
    revision smallint NOT NULL,
    exercise boolean NOT NULL,
    source_id bigint NOT NULL,
    thread_id bigint,
    likes integer NOT NULL,
    place text NOT NULL,
    version bigint,
    CONSTRAINT items_likes_check CHECK ((likes >= 0)),
    CONSTRAINT items_revision_check CHECK ((revision >= 0))
);
ALTER TABLE public.items ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.items_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.leads (
    id bigint NOT NULL,
    outlet character varying(120) NOT NULL,
    note character varying(300) NOT NULL,
    exercise boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    story_id bigint NOT NULL
);
ALTER TABLE public.leads ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.leads_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ledger (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor bigint,
    action character varying(60) NOT NULL,
    kind character varying(40) NOT NULL,
    object bigint NOT NULL,
    reason character varying(60) NOT NULL,
    content_hash character varying(64) NOT NULL,
    previous character varying(64) NOT NULL,
    hash character varying(64) NOT NULL
);
CREATE TABLE public.ledger_heads (
    day date NOT NULL,
    "row" bigint NOT NULL,
    hash character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.ledger_salts (
    row_id bigint NOT NULL,
    salt bytea NOT NULL
);
CREATE TABLE public.matter_names (
    name character varying(80) NOT NULL,
    matter_id bigint NOT NULL
);
CREATE TABLE public.matters (
    id bigint NOT NULL,
    exercise boolean NOT NULL,
    said double precision NOT NULL,
    first_seen bigint NOT NULL,
    last_seen bigint NOT NULL,
    heading_story bigint NOT NULL,
    names jsonb NOT NULL,
    state bytea NOT NULL,
    merged_into_id bigint
);
ALTER TABLE public.matters ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.matters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    exercise boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    tries smallint NOT NULL,
    leased_until timestamp with time zone,
    sent_at timestamp with time zone,
    receipt character varying(200) NOT NULL,
    trouble character varying(200) NOT NULL,
    call_id bigint,
    person_id bigint NOT NULL,
    way_id bigint NOT NULL,
    about character varying(10),
    CONSTRAINT notices_tries_check CHECK ((tries >= 0)),
    CONSTRAINT sent_has_a_receipt CHECK (((NOT ((state)::text = 'sent'::text)) OR (NOT ((receipt)::text = ''::text))))
);
ALTER TABLE public.notices ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.one_time_links (
    id bigint NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    person_id bigint NOT NULL
);
ALTER TABLE public.one_time_links ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.one_time_links_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.open_days (
    id bigint NOT NULL,
    day date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    body text NOT NULL,
    signature character varying(120) NOT NULL
);
ALTER TABLE public.open_days ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.open_days_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.overseer_keys (
    id bigint NOT NULL,
    public bytea NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_by_id bigint NOT NULL
);
ALTER TABLE public.overseer_keys ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.overseer_keys_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.owed_approvals (
    version_id bigint NOT NULL,
    ground character varying(20) NOT NULL,
    since timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    missed_at timestamp with time zone,
    outcome character varying(10) NOT NULL,
    settled_at timestamp with time zone,
    note text NOT NULL,
    alone_by_id bigint NOT NULL,
    settled_by_id bigint,
    CONSTRAINT settled_by_a_second_person CHECK (((settled_by_id IS NULL) OR (NOT ((settled_by_id = alone_by_id) AND (settled_by_id IS NOT NULL)))))
);
CREATE TABLE public.passkeys (
    id bigint NOT NULL,
    credential character varying(1400) NOT NULL,
    public_key bytea NOT NULL,
    count bigint NOT NULL,
    name character varying(60) NOT NULL,
    added_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    person_id bigint NOT NULL
);
ALTER TABLE public.passkeys ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.passkeys_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    login character varying(150) NOT NULL,
    name character varying(200) NOT NULL,
    language character varying(12) NOT NULL,
    is_active boolean NOT NULL,
    added_at timestamp with time zone NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.people ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.press_questions (
    id bigint NOT NULL,
    outlet character varying(120) NOT NULL,
    reply_to character varying(254) NOT NULL,
    text text NOT NULL,
    exercise boolean NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    embargo_until timestamp with time zone,
    answered_at timestamp with time zone,
    added_by_id bigint NOT NULL,
    answer_id bigint,
    answered_by_id bigint,
    story_id bigint,
    unit_id bigint NOT NULL,
    CONSTRAINT press_answer_is_a_statement CHECK (((answered_at IS NULL) OR (answer_id IS NOT NULL)))
);
ALTER TABLE public.press_questions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.press_questions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.publications (
    id bigint NOT NULL,
    channel character varying(40) NOT NULL,
    key character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    address text NOT NULL,
    exercise boolean NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT exercise_never_on_a_real_channel CHECK (((NOT exercise) OR ((channel)::text = 'exercise'::text)))
);
ALTER TABLE public.publications ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.publications_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.quarantined (
    id bigint NOT NULL,
    key bytea NOT NULL,
    link_key bytea,
    item bigint,
    packed bytea,
    exercise boolean NOT NULL,
    stage character varying(10) NOT NULL,
    why character varying(10) NOT NULL,
    fault character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    times integer NOT NULL,
    state character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    source_id bigint NOT NULL,
    CONSTRAINT quarantined_times_check CHECK ((times >= 0))
);
ALTER TABLE public.quarantined ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quarantined_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.question_hours (
    hour integer NOT NULL,
    items integer NOT NULL,
    question_id bigint NOT NULL
);
CREATE TABLE public.question_matches (
    item bigint NOT NULL,
    published bigint NOT NULL,
    question_id bigint NOT NULL
);
CREATE TABLE public.question_samples (
    id bigint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    drawn_at timestamp with time zone,
    found integer NOT NULL,
    items jsonb NOT NULL,
    done_at timestamp with time zone,
    criticism smallint NOT NULL,
    service smallint NOT NULL,
    neither smallint NOT NULL,
    finding text NOT NULL,
    outcome character varying(20) NOT NULL,
    done_by_id bigint,
    question_id bigint NOT NULL,
    CONSTRAINT question_samples_criticism_check CHECK ((criticism >= 0)),
    CONSTRAINT question_samples_found_check CHECK ((found >= 0)),
    CONSTRAINT question_samples_neither_check CHECK ((neither >= 0)),
    CONSTRAINT question_samples_service_check CHECK ((service >= 0))
);
ALTER TABLE public.question_samples ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.question_samples_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.questions (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    purpose character varying(30) NOT NULL,
    purpose_text character varying(300) NOT NULL,
    words text NOT NULL,
    examples jsonb NOT NULL,
    likeness jsonb,
    exercise boolean NOT NULL,
    look_back_days smallint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    paused boolean NOT NULL,
    removed_at timestamp with time zone,
    version integer NOT NULL,
    flag character varying(20) NOT NULL,
    flag_names jsonb NOT NULL,
    flagged_at timestamp with time zone,
    run_version integer NOT NULL,
    run_done boolean NOT NULL,
    run_published bigint NOT NULL,
    run_item bigint NOT NULL,
    run_until bigint NOT NULL,
    run_seen integer NOT NULL,
    run_total integer NOT NULL,
    changed_by_id bigint NOT NULL,
    created_by_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT questions_look_back_days_check CHECK ((look_back_days >= 0)),
    CONSTRAINT questions_run_seen_check CHECK ((run_seen >= 0)),
    CONSTRAINT questions_run_total_check CHECK ((run_total >= 0)),
    CONSTRAINT questions_run_version_check CHECK ((run_version >= 0)),
    CONSTRAINT questions_version_check CHECK ((version >= 0))
);
ALTER TABLE public.questions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.questions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reaches (
    person_id bigint NOT NULL,
    quiet_from time without time zone,
    quiet_until time without time zone,
    timezone character varying(60) NOT NULL,
    wake boolean NOT NULL,
    drills boolean NOT NULL
);
CREATE TABLE public.reply_texts (
    id bigint NOT NULL,
    title character varying(200) NOT NULL,
    text text NOT NULL,
    language character varying(12) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    retired_at timestamp with time zone,
    approved_by_id bigint,
    unit_id bigint NOT NULL,
    written_by_id bigint NOT NULL,
    invites boolean NOT NULL,
    CONSTRAINT reply_text_approved_by_a_second_person CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = written_by_id) AND (approved_by_id IS NOT NULL)))))
);
ALTER TABLE public.reply_texts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reply_texts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reports (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    day date NOT NULL,
    exercise boolean NOT NULL,
    built_at timestamp with time zone NOT NULL,
    document jsonb NOT NULL
);
ALTER TABLE public.reports ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reports_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.roles_held (
    id bigint NOT NULL,
    role character varying(40) NOT NULL,
    person_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.roles_held ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.roles_held_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.room_seats (
    id bigint NOT NULL,
    team character varying(30) NOT NULL,
    state character varying(10) NOT NULL,
    here_at timestamp with time zone,
    person_id bigint NOT NULL,
    room_id bigint NOT NULL
);
ALTER TABLE public.room_seats ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.room_seats_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.rooms (
    id bigint NOT NULL,
    exercise boolean NOT NULL,
    started_at timestamp with time zone NOT NULL,
    human_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    written smallint NOT NULL,
    decision character varying(10) NOT NULL,
    level smallint,
    note text NOT NULL,
    decided_at timestamp with time zone,
    alert_id bigint NOT NULL,
    decided_by_id bigint,
    incident_id bigint,
    opened_by_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    CONSTRAINT rooms_level_check CHECK ((level >= 0)),
    CONSTRAINT rooms_written_check CHECK ((written >= 0))
);
ALTER TABLE public.rooms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.rooms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sealed_answers (
    id bigint NOT NULL,
    sealed bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    report_id bigint NOT NULL
);
ALTER TABLE public.sealed_answers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sealed_answers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sealed_reports (
    id bigint NOT NULL,
    code bytea NOT NULL,
    sealed bytea NOT NULL,
    reply_public bytea NOT NULL,
    reply_private bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    finding character varying(20) NOT NULL,
    found_at timestamp with time zone,
    touched_at timestamp with time zone NOT NULL,
    key_id bigint NOT NULL
);
CREATE TABLE public.shared_lines (
    id bigint NOT NULL,
    text character varying(500) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    retired_at timestamp with time zone,
    approved_by_id bigint,
    incident_id bigint NOT NULL,
    written_by_id bigint NOT NULL,
    CONSTRAINT line_approved_by_a_second_person CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = written_by_id) AND (approved_by_id IS NOT NULL)))))
);
ALTER TABLE public.shared_lines ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shared_lines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sign_in_tries (
    key character varying(32) NOT NULL,
    since bigint NOT NULL,
    tries integer NOT NULL,
    CONSTRAINT sign_in_tries_tries_check CHECK ((tries >= 0))
);
CREATE TABLE public.signals (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    at bigint NOT NULL,
    window_s integer NOT NULL,
    observed integer NOT NULL,
    expected double precision NOT NULL,
    low double precision NOT NULL,
    high double precision NOT NULL,
    p double precision NOT NULL,
    test character varying(40) NOT NULL,
    items jsonb NOT NULL,
    story_id bigint NOT NULL,
    alert_id bigint,
    bar double precision NOT NULL,
    concern double precision NOT NULL,
    kept_at timestamp with time zone,
    matter character varying(80) NOT NULL,
    part character varying(80) NOT NULL,
    resembles character varying(300) NOT NULL,
    score double precision NOT NULL,
    CONSTRAINT signals_observed_check CHECK ((observed >= 0)),
    CONSTRAINT signals_window_s_check CHECK ((window_s >= 0))
);
ALTER TABLE public.signals ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.signals_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.source_alarms (
    id bigint NOT NULL,
    why character varying(10) NOT NULL,
    since timestamp with time zone NOT NULL,
    chance double precision NOT NULL,
    usual_s integer NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    call_id bigint,
    source_id bigint NOT NULL,
    CONSTRAINT source_alarms_usual_s_check CHECK ((usual_s >= 0))
);
ALTER TABLE public.source_alarms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.source_alarms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.source_hours (
    hour integer NOT NULL,
    tries integer NOT NULL,
    answers integer NOT NULL,
    news integer NOT NULL,
    source_id bigint NOT NULL,
    CONSTRAINT source_hours_answers_check CHECK ((answers >= 0)),
    CONSTRAINT source_hours_news_check CHECK ((news >= 0)),
    CONSTRAINT source_hours_tries_check CHECK ((tries >= 0))
);
CREATE TABLE public.sources (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    kind character varying(40) NOT NULL,
    address text NOT NULL,
    source_class character varying(20) NOT NULL,
    purpose text NOT NULL,
    licence character varying(200) NOT NULL,
    keep_days integer NOT NULL,
    exercise boolean NOT NULL,
    paused boolean NOT NULL,
    added_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    cursor jsonb NOT NULL,
    items bigint NOT NULL,
    interval_s integer NOT NULL,
    last_try_at timestamp with time zone,
    last_answer_at timestamp with time zone,
    last_item_at timestamp with time zone,
    next_try_at timestamp with time zone,
    fails integer NOT NULL,
    trouble character varying(60) NOT NULL,
    trouble_params jsonb NOT NULL,
    rejected bigint NOT NULL,
    unit_id bigint,
    gaps character varying(500) NOT NULL,
    method character varying(500) NOT NULL,
    makes_cases boolean NOT NULL,
    CONSTRAINT sources_fails_check CHECK ((fails >= 0)),
    CONSTRAINT sources_interval_s_check CHECK ((interval_s >= 0)),
    CONSTRAINT sources_items_check CHECK ((items >= 0)),
    CONSTRAINT sources_keep_days_check CHECK ((keep_days >= 0)),
    CONSTRAINT sources_rejected_check CHECK ((rejected >= 0))
);
ALTER TABLE public.sources ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sources_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.spare_codes (
    id bigint NOT NULL,
    hash character varying(64) NOT NULL,
    used_at timestamp with time zone,
    person_id bigint NOT NULL
);
ALTER TABLE public.spare_codes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.spare_codes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.statement_signatures (
    version_id bigint NOT NULL,
    body text NOT NULL,
    signature character varying(100) NOT NULL,
    key character varying(60) NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.statement_versions (
    id bigint NOT NULL,
    number integer NOT NULL,
    title character varying(300) NOT NULL,
    text text NOT NULL,
    claim text NOT NULL,
    verdict character varying(20) NOT NULL,
    what_to_do text NOT NULL,
    not_known text NOT NULL,
    next_word_at timestamp with time zone,
    machine_help character varying(300) NOT NULL,
    change_note character varying(300) NOT NULL,
    text_hash character varying(64) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    approved_at timestamp with time zone,
    approved_hash character varying(64) NOT NULL,
    published_at timestamp with time zone,
    approved_by_id bigint,
    statement_id bigint NOT NULL,
    written_by_id bigint NOT NULL,
    change character varying(10) NOT NULL,
    one_person_hash character varying(64) NOT NULL,
    CONSTRAINT approved_by_a_second_person CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = written_by_id) AND (approved_by_id IS NOT NULL))))),
    CONSTRAINT published_is_approved_or_marked CHECK (((published_at IS NULL) OR ((approved_hash)::text = (text_hash)::text) OR ((one_person_hash)::text = (text_hash)::text))),
    CONSTRAINT statement_versions_number_check CHECK ((number >= 0))
);
ALTER TABLE public.statement_versions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.statement_versions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.statements (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    language character varying(12) NOT NULL,
    exercise boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    incident_id bigint,
    published_id bigint,
    unit_id bigint NOT NULL,
    voice_id bigint NOT NULL
);
ALTER TABLE public.statements ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.statements_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stories (
    id bigint NOT NULL,
    exercise boolean NOT NULL,
    items integer NOT NULL,
    first_seen bigint NOT NULL,
    last_seen bigint NOT NULL,
    first_heard bigint NOT NULL,
    heading_item bigint,
    languages jsonb NOT NULL,
    classes jsonb NOT NULL,
    state bytea,
    merged_into_id bigint,
    matter_id bigint,
    CONSTRAINT stories_items_check CHECK ((items >= 0))
);
ALTER TABLE public.stories ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stories_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.story_edits (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    exercise boolean NOT NULL,
    threads jsonb NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    trouble character varying(40) NOT NULL,
    asked_by_id bigint,
    made_id bigint,
    other_id bigint,
    story_id bigint NOT NULL
);
ALTER TABLE public.story_edits ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.story_edits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.story_facts (
    story_id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    value jsonb NOT NULL,
    items integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT story_facts_items_check CHECK ((items >= 0))
);
CREATE TABLE public.story_hours (
    hour integer NOT NULL,
    items integer NOT NULL,
    story_id bigint NOT NULL
);
CREATE TABLE public.story_links (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    at timestamp with time zone NOT NULL,
    thread_a_id bigint NOT NULL,
    thread_b_id bigint NOT NULL
);
ALTER TABLE public.story_links ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.story_links_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.story_looks (
    person_id bigint NOT NULL,
    story_id bigint NOT NULL,
    before_at timestamp with time zone NOT NULL,
    before jsonb NOT NULL,
    last_at timestamp with time zone NOT NULL,
    last jsonb NOT NULL
);
CREATE TABLE public.story_merges (
    id bigint NOT NULL,
    at bigint NOT NULL,
    lexical double precision NOT NULL,
    meaning double precision NOT NULL,
    shared jsonb NOT NULL,
    loser_id bigint NOT NULL,
    winner_id bigint NOT NULL,
    by_hand boolean NOT NULL
);
ALTER TABLE public.story_merges ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.story_merges_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.submission_contacts (
    submission bigint NOT NULL,
    sealed bytea NOT NULL,
    erase_at timestamp with time zone NOT NULL,
    thread bytea
);
CREATE TABLE public.submission_files (
    id bigint NOT NULL,
    number smallint NOT NULL,
    kind character varying(12) NOT NULL,
    size bigint NOT NULL,
    state character varying(12) NOT NULL,
    across integer NOT NULL,
    high integer NOT NULL,
    kept bigint NOT NULL,
    erase_at timestamp with time zone NOT NULL,
    about bytea NOT NULL,
    sealed bytea,
    submission_id bigint NOT NULL,
    CONSTRAINT submission_files_across_check CHECK ((across >= 0)),
    CONSTRAINT submission_files_high_check CHECK ((high >= 0)),
    CONSTRAINT submission_files_number_check CHECK ((number >= 0))
);
ALTER TABLE public.submission_files ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.submission_files_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.submissions (
    id bigint NOT NULL,
    token bytea NOT NULL,
    code bytea NOT NULL,
    item_key bytea NOT NULL,
    came_by character varying(20) NOT NULL,
    kind character varying(20) NOT NULL,
    text text NOT NULL,
    place text NOT NULL,
    known_place character varying(80) NOT NULL,
    lat double precision,
    long double precision,
    sealed_place bytea,
    language character varying(12) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    handed_at timestamp with time zone,
    read_at timestamp with time zone,
    shown_at timestamp with time zone,
    updated_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    emptied_at timestamp with time zone,
    item_leaves boolean NOT NULL,
    read_by_id bigint,
    source_id bigint NOT NULL,
    taken_by_id bigint,
    unit_id bigint NOT NULL,
    said_at timestamp with time zone,
    through_id bigint,
    decided_id bigint,
    story_id bigint,
    picture bytea
);
CREATE TABLE public.subscription_letters (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    state character varying(10) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    tries smallint NOT NULL,
    leased_until timestamp with time zone,
    sent_at timestamp with time zone,
    trouble character varying(200) NOT NULL,
    delivery_id bigint,
    subscription_id bigint,
    CONSTRAINT subscription_letters_tries_check CHECK ((tries >= 0))
);
ALTER TABLE public.subscription_letters ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.subscription_letters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.subscriptions (
    id bigint NOT NULL,
    sealed bytea NOT NULL,
    language character varying(12) NOT NULL,
    kinds character varying(120) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    returned smallint NOT NULL,
    unit_id bigint,
    CONSTRAINT subscriptions_returned_check CHECK ((returned >= 0))
);
CREATE TABLE public.supervision (
    id bigint NOT NULL,
    explanation text NOT NULL,
    explained_at timestamp with time zone,
    finding character varying(20) NOT NULL,
    text text NOT NULL,
    found_at timestamp with time zone,
    clock_id bigint,
    explained_by_id bigint,
    found_by_id bigint,
    told_id bigint,
    contest_id bigint,
    step_id bigint,
    owed_id bigint
);
ALTER TABLE public.supervision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.supervision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.threads (
    id bigint NOT NULL,
    exercise boolean NOT NULL,
    items integer NOT NULL,
    first_seen bigint NOT NULL,
    last_seen bigint NOT NULL,
    head_item bigint,
    active boolean NOT NULL,
    state bytea NOT NULL,
    story_id bigint NOT NULL,
    born bigint,
    CONSTRAINT threads_items_check CHECK ((items >= 0))
);
ALTER TABLE public.threads ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.threads_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.timeline (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(40) NOT NULL,
    params jsonb NOT NULL,
    actor_id bigint,
    incident_id bigint NOT NULL
);
ALTER TABLE public.timeline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.timeline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tombstones (
    item bigint NOT NULL,
    key bytea NOT NULL,
    hour integer NOT NULL,
    story bigint,
    reason character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    source_id bigint NOT NULL
);
CREATE TABLE public.unit_calendars (
    unit_id bigint NOT NULL,
    week jsonb NOT NULL,
    closed jsonb NOT NULL,
    answer_hours smallint NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT unit_calendars_answer_hours_check CHECK ((answer_hours >= 0))
);
CREATE TABLE public.units (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    path character varying(400) NOT NULL,
    timezone character varying(60) NOT NULL,
    duty_number character varying(60) NOT NULL,
    parent_id bigint
);
ALTER TABLE public.units ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.units_told (
    id bigint NOT NULL,
    why character varying(10) NOT NULL,
    told_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone,
    incident_id bigint NOT NULL,
    received_by_id bigint,
    told_by_id bigint NOT NULL,
    unit_id bigint NOT NULL
);
ALTER TABLE public.units_told ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.units_told_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.voice_replies (
    id bigint NOT NULL,
    link character varying(500) NOT NULL,
    said_at timestamp with time zone NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    statement_id bigint NOT NULL,
    voice_id bigint NOT NULL
);
ALTER TABLE public.voice_replies ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.voice_replies_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.voices (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    role character varying(200) NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    person_id bigint,
    unit_id bigint NOT NULL,
    accounts jsonb NOT NULL,
    service_number character varying(40) NOT NULL
);
ALTER TABLE public.voices ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.voices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.ways (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    shape character varying(10) NOT NULL,
    hint character varying(120) NOT NULL,
    sealed bytea NOT NULL,
    added_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    person_id bigint NOT NULL
);
ALTER TABLE public.ways ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ways_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wordings (
    id bigint NOT NULL,
    form character varying(10) NOT NULL,
    language character varying(12) NOT NULL,
    title character varying(300) NOT NULL,
    text text NOT NULL,
    claim text NOT NULL,
    what_to_do text NOT NULL,
    not_known text NOT NULL,
    machine_help character varying(300) NOT NULL,
    version_id bigint NOT NULL
);
ALTER TABLE public.wordings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wordings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
INSERT INTO public.auth_permission VALUES (1, 'Can add content type', 1, 'add_contenttype');
INSERT INTO public.auth_permission VALUES (2, 'Can change content type', 1, 'change_contenttype');
INSERT INTO public.auth_permission VALUES (3, 'Can delete content type', 1, 'delete_contenttype');
INSERT INTO public.auth_permission VALUES (4, 'Can view content type', 1, 'view_contenttype');
INSERT INTO public.auth_permission VALUES (5, 'Can add permission', 2, 'add_permission');
INSERT INTO public.auth_permission VALUES (6, 'Can change permission', 2, 'change_permission');
INSERT INTO public.auth_permission VALUES (7, 'Can delete permission', 2, 'delete_permission');
INSERT INTO public.auth_permission VALUES (8, 'Can view permission', 2, 'view_permission');
INSERT INTO public.auth_permission VALUES (9, 'Can add group', 3, 'add_group');
INSERT INTO public.auth_permission VALUES (10, 'Can change group', 3, 'change_group');
INSERT INTO public.auth_permission VALUES (11, 'Can delete group', 3, 'delete_group');
INSERT INTO public.auth_permission VALUES (12, 'Can view group', 3, 'view_group');
INSERT INTO public.auth_permission VALUES (13, 'Can add session', 4, 'add_session');
INSERT INTO public.auth_permission VALUES (14, 'Can change session', 4, 'change_session');
INSERT INTO public.auth_permission VALUES (15, 'Can delete session', 4, 'delete_session');
INSERT INTO public.auth_permission VALUES (16, 'Can view session', 4, 'view_session');
INSERT INTO public.auth_permission VALUES (17, 'Can add person', 5, 'add_person');
INSERT INTO public.auth_permission VALUES (18, 'Can change person', 5, 'change_person');
INSERT INTO public.auth_permission VALUES (19, 'Can delete person', 5, 'delete_person');
INSERT INTO public.auth_permission VALUES (20, 'Can view person', 5, 'view_person');
INSERT INTO public.auth_permission VALUES (21, 'Can add ledger head', 6, 'add_ledgerhead');
INSERT INTO public.auth_permission VALUES (22, 'Can change ledger head', 6, 'change_ledgerhead');
INSERT INTO public.auth_permission VALUES (23, 'Can delete ledger head', 6, 'delete_ledgerhead');
INSERT INTO public.auth_permission VALUES (24, 'Can view ledger head', 6, 'view_ledgerhead');
INSERT INTO public.auth_permission VALUES (25, 'Can add ledger row', 7, 'add_ledgerrow');
INSERT INTO public.auth_permission VALUES (26, 'Can change ledger row', 7, 'change_ledgerrow');
INSERT INTO public.auth_permission VALUES (27, 'Can delete ledger row', 7, 'delete_ledgerrow');
INSERT INTO public.auth_permission VALUES (28, 'Can view ledger row', 7, 'view_ledgerrow');
INSERT INTO public.auth_permission VALUES (29, 'Can add signal row', 8, 'add_signalrow');
INSERT INTO public.auth_permission VALUES (30, 'Can change signal row', 8, 'change_signalrow');
INSERT INTO public.auth_permission VALUES (31, 'Can delete signal row', 8, 'delete_signalrow');
INSERT INTO public.auth_permission VALUES (32, 'Can view signal row', 8, 'view_signalrow');
INSERT INTO public.auth_permission VALUES (33, 'Can add source', 9, 'add_source');
INSERT INTO public.auth_permission VALUES (34, 'Can change source', 9, 'change_source');
INSERT INTO public.auth_permission VALUES (35, 'Can delete source', 9, 'delete_source');
INSERT INTO public.auth_permission VALUES (36, 'Can view source', 9, 'view_source');
INSERT INTO public.auth_permission VALUES (37, 'Can add alert', 10, 'add_alert');
INSERT INTO public.auth_permission VALUES (38, 'Can change alert', 10, 'change_alert');
INSERT INTO public.auth_permission VALUES (39, 'Can delete alert', 10, 'delete_alert');
INSERT INTO public.auth_permission VALUES (40, 'Can view alert', 10, 'view_alert');
INSERT INTO public.auth_permission VALUES (41, 'Can add incident', 11, 'add_incident');
INSERT INTO public.auth_permission VALUES (42, 'Can change incident', 11, 'change_incident');
INSERT INTO public.auth_permission VALUES (43, 'Can delete incident', 11, 'delete_incident');
INSERT INTO public.auth_permission VALUES (44, 'Can view incident', 11, 'view_incident');
INSERT INTO public.auth_permission VALUES (45, 'Can add ledger salt', 12, 'add_ledgersalt');
INSERT INTO public.auth_permission VALUES (46, 'Can change ledger salt', 12, 'change_ledgersalt');
INSERT INTO public.auth_permission VALUES (47, 'Can delete ledger salt', 12, 'delete_ledgersalt');
INSERT INTO public.auth_permission VALUES (48, 'Can view ledger salt', 12, 'view_ledgersalt');
INSERT INTO public.auth_permission VALUES (49, 'Can add one time link', 13, 'add_onetimelink');
INSERT INTO public.auth_permission VALUES (50, 'Can change one time link', 13, 'change_onetimelink');
INSERT INTO public.auth_permission VALUES (51, 'Can delete one time link', 13, 'delete_onetimelink');
INSERT INTO public.auth_permission VALUES (52, 'Can view one time link', 13, 'view_onetimelink');
INSERT INTO public.auth_permission VALUES (53, 'Can add report document', 14, 'add_reportdocument');
INSERT INTO public.auth_permission VALUES (54, 'Can change report document', 14, 'change_reportdocument');
INSERT INTO public.auth_permission VALUES (55, 'Can delete report document', 14, 'delete_reportdocument');
INSERT INTO public.auth_permission VALUES (56, 'Can view report document', 14, 'view_reportdocument');
INSERT INTO public.auth_permission VALUES (57, 'Can add drill', 15, 'add_drill');
INSERT INTO public.auth_permission VALUES (58, 'Can change drill', 15, 'change_drill');
INSERT INTO public.auth_permission VALUES (59, 'Can delete drill', 15, 'delete_drill');
INSERT INTO public.auth_permission VALUES (60, 'Can view drill', 15, 'view_drill');
INSERT INTO public.auth_permission VALUES (61, 'Can add statement', 16, 'add_statement');
INSERT INTO public.auth_permission VALUES (62, 'Can change statement', 16, 'change_statement');
INSERT INTO public.auth_permission VALUES (63, 'Can delete statement', 16, 'delete_statement');
INSERT INTO public.auth_permission VALUES (64, 'Can view statement', 16, 'view_statement');
INSERT INTO public.auth_permission VALUES (65, 'Can add statement version', 17, 'add_statementversion');
INSERT INTO public.auth_permission VALUES (66, 'Can change statement version', 17, 'change_statementversion');
INSERT INTO public.auth_permission VALUES (67, 'Can delete statement version', 17, 'delete_statementversion');
INSERT INTO public.auth_permission VALUES (68, 'Can view statement version', 17, 'view_statementversion');
INSERT INTO public.auth_permission VALUES (69, 'Can add publication', 18, 'add_publication');
INSERT INTO public.auth_permission VALUES (70, 'Can change publication', 18, 'change_publication');
INSERT INTO public.auth_permission VALUES (71, 'Can delete publication', 18, 'delete_publication');
INSERT INTO public.auth_permission VALUES (72, 'Can view publication', 18, 'view_publication');
INSERT INTO public.auth_permission VALUES (73, 'Can add evidence', 19, 'add_evidence');
INSERT INTO public.auth_permission VALUES (74, 'Can change evidence', 19, 'change_evidence');
INSERT INTO public.auth_permission VALUES (75, 'Can delete evidence', 19, 'delete_evidence');
INSERT INTO public.auth_permission VALUES (76, 'Can view evidence', 19, 'view_evidence');
INSERT INTO public.auth_permission VALUES (77, 'Can add story', 20, 'add_story');
INSERT INTO public.auth_permission VALUES (78, 'Can change story', 20, 'change_story');
INSERT INTO public.auth_permission VALUES (79, 'Can delete story', 20, 'delete_story');
INSERT INTO public.auth_permission VALUES (80, 'Can view story', 20, 'view_story');
INSERT INTO public.auth_permission VALUES (81, 'Can add incident story', 21, 'add_incidentstory');
INSERT INTO public.auth_permission VALUES (82, 'Can change incident story', 21, 'change_incidentstory');
INSERT INTO public.auth_permission VALUES (83, 'Can delete incident story', 21, 'delete_incidentstory');
INSERT INTO public.auth_permission VALUES (84, 'Can view incident story', 21, 'view_incidentstory');
INSERT INTO public.auth_permission VALUES (85, 'Can add story hour', 22, 'add_storyhour');
INSERT INTO public.auth_permission VALUES (86, 'Can change story hour', 22, 'change_storyhour');
INSERT INTO public.auth_permission VALUES (87, 'Can delete story hour', 22, 'delete_storyhour');
INSERT INTO public.auth_permission VALUES (88, 'Can view story hour', 22, 'view_storyhour');
INSERT INTO public.auth_permission VALUES (89, 'Can add story merge', 23, 'add_storymerge');
INSERT INTO public.auth_permission VALUES (90, 'Can change story merge', 23, 'change_storymerge');
INSERT INTO public.auth_permission VALUES (91, 'Can delete story merge', 23, 'delete_storymerge');
INSERT INTO public.auth_permission VALUES (92, 'Can view story merge', 23, 'view_storymerge');
INSERT INTO public.auth_permission VALUES (93, 'Can add thread row', 24, 'add_threadrow');
INSERT INTO public.auth_permission VALUES (94, 'Can change thread row', 24, 'change_threadrow');
INSERT INTO public.auth_permission VALUES (95, 'Can delete thread row', 24, 'delete_threadrow');
INSERT INTO public.auth_permission VALUES (96, 'Can view thread row', 24, 'view_threadrow');
INSERT INTO public.auth_permission VALUES (97, 'Can add story link', 25, 'add_storylink');
INSERT INTO public.auth_permission VALUES (98, 'Can change story link', 25, 'change_storylink');
INSERT INTO public.auth_permission VALUES (99, 'Can delete story link', 25, 'delete_storylink');
INSERT INTO public.auth_permission VALUES (100, 'Can view story link', 25, 'view_storylink');
INSERT INTO public.auth_permission VALUES (101, 'Can add item row', 26, 'add_itemrow');
INSERT INTO public.auth_permission VALUES (102, 'Can change item row', 26, 'change_itemrow');
INSERT INTO public.auth_permission VALUES (103, 'Can delete item row', 26, 'delete_itemrow');
INSERT INTO public.auth_permission VALUES (104, 'Can view item row', 26, 'view_itemrow');
INSERT INTO public.auth_permission VALUES (105, 'Can add timeline entry', 27, 'add_timelineentry');
INSERT INTO public.auth_permission VALUES (106, 'Can change timeline entry', 27, 'change_timelineentry');
INSERT INTO public.auth_permission VALUES (107, 'Can delete timeline entry', 27, 'delete_timelineentry');
INSERT INTO public.auth_permission VALUES (108, 'Can view timeline entry', 27, 'view_timelineentry');
INSERT INTO public.auth_permission VALUES (109, 'Can add tombstone', 28, 'add_tombstone');
INSERT INTO public.auth_permission VALUES (110, 'Can change tombstone', 28, 'change_tombstone');
INSERT INTO public.auth_permission VALUES (111, 'Can delete tombstone', 28, 'delete_tombstone');
INSERT INTO public.auth_permission VALUES (112, 'Can view tombstone', 28, 'view_tombstone');
INSERT INTO public.auth_permission VALUES (113, 'Can add unit', 29, 'add_unit');
INSERT INTO public.auth_permission VALUES (114, 'Can change unit', 29, 'change_unit');
INSERT INTO public.auth_permission VALUES (115, 'Can delete unit', 29, 'delete_unit');
INSERT INTO public.auth_permission VALUES (116, 'Can view unit', 29, 'view_unit');
INSERT INTO public.auth_permission VALUES (117, 'Can add role held', 30, 'add_roleheld');
INSERT INTO public.auth_permission VALUES (118, 'Can change role held', 30, 'change_roleheld');
INSERT INTO public.auth_permission VALUES (119, 'Can delete role held', 30, 'delete_roleheld');
INSERT INTO public.auth_permission VALUES (120, 'Can view role held', 30, 'view_roleheld');
INSERT INTO public.auth_permission VALUES (121, 'Can add voice', 31, 'add_voice');
INSERT INTO public.auth_permission VALUES (122, 'Can change voice', 31, 'change_voice');
INSERT INTO public.auth_permission VALUES (123, 'Can delete voice', 31, 'delete_voice');
INSERT INTO public.auth_permission VALUES (124, 'Can view voice', 31, 'view_voice');
INSERT INTO public.auth_permission VALUES (125, 'Can add clock', 32, 'add_clock');
INSERT INTO public.auth_permission VALUES (126, 'Can change clock', 32, 'change_clock');
INSERT INTO public.auth_permission VALUES (127, 'Can delete clock', 32, 'delete_clock');
INSERT INTO public.auth_permission VALUES (128, 'Can view clock', 32, 'view_clock');
INSERT INTO public.auth_permission VALUES (129, 'Can add story fact', 33, 'add_storyfact');
INSERT INTO public.auth_permission VALUES (130, 'Can change story fact', 33, 'change_storyfact');
INSERT INTO public.auth_permission VALUES (131, 'Can delete story fact', 33, 'delete_storyfact');
INSERT INTO public.auth_permission VALUES (132, 'Can view story fact', 33, 'view_storyfact');
INSERT INTO public.auth_permission VALUES (133, 'Can add call order', 34, 'add_callorder');
INSERT INTO public.auth_permission VALUES (134, 'Can change call order', 34, 'change_callorder');
INSERT INTO public.auth_permission VALUES (135, 'Can delete call order', 34, 'delete_callorder');
INSERT INTO public.auth_permission VALUES (136, 'Can view call order', 34, 'view_callorder');
INSERT INTO public.auth_permission VALUES (137, 'Can add reach', 35, 'add_reach');
INSERT INTO public.auth_permission VALUES (138, 'Can change reach', 35, 'change_reach');
INSERT INTO public.auth_permission VALUES (139, 'Can delete reach', 35, 'delete_reach');
INSERT INTO public.auth_permission VALUES (140, 'Can view reach', 35, 'view_reach');
INSERT INTO public.auth_permission VALUES (141, 'Can add call', 36, 'add_call');
INSERT INTO public.auth_permission VALUES (142, 'Can change call', 36, 'change_call');
INSERT INTO public.auth_permission VALUES (143, 'Can delete call', 36, 'delete_call');
INSERT INTO public.auth_permission VALUES (144, 'Can view call', 36, 'view_call');
INSERT INTO public.auth_permission VALUES (145, 'Can add source alarm', 37, 'add_sourcealarm');
INSERT INTO public.auth_permission VALUES (146, 'Can change source alarm', 37, 'change_sourcealarm');
INSERT INTO public.auth_permission VALUES (147, 'Can delete source alarm', 37, 'delete_sourcealarm');
INSERT INTO public.auth_permission VALUES (148, 'Can view source alarm', 37, 'view_sourcealarm');
INSERT INTO public.auth_permission VALUES (149, 'Can add source hour', 38, 'add_sourcehour');
INSERT INTO public.auth_permission VALUES (150, 'Can change source hour', 38, 'change_sourcehour');
INSERT INTO public.auth_permission VALUES (151, 'Can delete source hour', 38, 'delete_sourcehour');
INSERT INTO public.auth_permission VALUES (152, 'Can view source hour', 38, 'view_sourcehour');
INSERT INTO public.auth_permission VALUES (153, 'Can add way', 39, 'add_way');
INSERT INTO public.auth_permission VALUES (154, 'Can change way', 39, 'change_way');
INSERT INTO public.auth_permission VALUES (155, 'Can delete way', 39, 'delete_way');
INSERT INTO public.auth_permission VALUES (156, 'Can view way', 39, 'view_way');
INSERT INTO public.auth_permission VALUES (157, 'Can add notice', 40, 'add_notice');
INSERT INTO public.auth_permission VALUES (158, 'Can change notice', 40, 'change_notice');
INSERT INTO public.auth_permission VALUES (159, 'Can delete notice', 40, 'delete_notice');
INSERT INTO public.auth_permission VALUES (160, 'Can view notice', 40, 'view_notice');
INSERT INTO public.auth_permission VALUES (161, 'Can add question', 41, 'add_question');
INSERT INTO public.auth_permission VALUES (162, 'Can change question', 41, 'change_question');
INSERT INTO public.auth_permission VALUES (163, 'Can delete question', 41, 'delete_question');
INSERT INTO public.auth_permission VALUES (164, 'Can view question', 41, 'view_question');
INSERT INTO public.auth_permission VALUES (165, 'Can add question hour', 42, 'add_questionhour');
INSERT INTO public.auth_permission VALUES (166, 'Can change question hour', 42, 'change_questionhour');
INSERT INTO public.auth_permission VALUES (167, 'Can delete question hour', 42, 'delete_questionhour');
INSERT INTO public.auth_permission VALUES (168, 'Can view question hour', 42, 'view_questionhour');
INSERT INTO public.auth_permission VALUES (169, 'Can add question match', 43, 'add_questionmatch');
INSERT INTO public.auth_permission VALUES (170, 'Can change question match', 43, 'change_questionmatch');
INSERT INTO public.auth_permission VALUES (171, 'Can delete question match', 43, 'delete_questionmatch');
INSERT INTO public.auth_permission VALUES (172, 'Can view question match', 43, 'view_questionmatch');
INSERT INTO public.auth_permission VALUES (173, 'Can add question sample', 44, 'add_questionsample');
INSERT INTO public.auth_permission VALUES (174, 'Can change question sample', 44, 'change_questionsample');
INSERT INTO public.auth_permission VALUES (175, 'Can delete question sample', 44, 'delete_questionsample');
INSERT INTO public.auth_permission VALUES (176, 'Can view question sample', 44, 'view_questionsample');
INSERT INTO public.auth_permission VALUES (177, 'Can add matter', 45, 'add_matter');
INSERT INTO public.auth_permission VALUES (178, 'Can change matter', 45, 'change_matter');
INSERT INTO public.auth_permission VALUES (179, 'Can delete matter', 45, 'delete_matter');
INSERT INTO public.auth_permission VALUES (180, 'Can view matter', 45, 'view_matter');
INSERT INTO public.auth_permission VALUES (181, 'Can add matter name', 46, 'add_mattername');
INSERT INTO public.auth_permission VALUES (182, 'Can change matter name', 46, 'change_mattername');
INSERT INTO public.auth_permission VALUES (183, 'Can delete matter name', 46, 'delete_mattername');
INSERT INTO public.auth_permission VALUES (184, 'Can view matter name', 46, 'view_mattername');
INSERT INTO public.auth_permission VALUES (185, 'Can add story edit', 47, 'add_storyedit');
INSERT INTO public.auth_permission VALUES (186, 'Can change story edit', 47, 'change_storyedit');
INSERT INTO public.auth_permission VALUES (187, 'Can delete story edit', 47, 'delete_storyedit');
INSERT INTO public.auth_permission VALUES (188, 'Can view story edit', 47, 'view_storyedit');
INSERT INTO public.auth_permission VALUES (189, 'Can add duty absence', 48, 'add_dutyabsence');
INSERT INTO public.auth_permission VALUES (190, 'Can change duty absence', 48, 'change_dutyabsence');
INSERT INTO public.auth_permission VALUES (191, 'Can delete duty absence', 48, 'delete_dutyabsence');
INSERT INTO public.auth_permission VALUES (192, 'Can view duty absence', 48, 'view_dutyabsence');
INSERT INTO public.auth_permission VALUES (193, 'Can add duty roster', 49, 'add_dutyroster');
INSERT INTO public.auth_permission VALUES (194, 'Can change duty roster', 49, 'change_dutyroster');
INSERT INTO public.auth_permission VALUES (195, 'Can delete duty roster', 49, 'delete_dutyroster');
INSERT INTO public.auth_permission VALUES (196, 'Can view duty roster', 49, 'view_dutyroster');
INSERT INTO public.auth_permission VALUES (197, 'Can add duty rotation', 50, 'add_dutyrotation');
INSERT INTO public.auth_permission VALUES (198, 'Can change duty rotation', 50, 'change_dutyrotation');
INSERT INTO public.auth_permission VALUES (199, 'Can delete duty rotation', 50, 'delete_dutyrotation');
INSERT INTO public.auth_permission VALUES (200, 'Can view duty rotation', 50, 'view_dutyrotation');
INSERT INTO public.auth_permission VALUES (201, 'Can add duty stand in', 51, 'add_dutystandin');
INSERT INTO public.auth_permission VALUES (202, 'Can change duty stand in', 51, 'change_dutystandin');
INSERT INTO public.auth_permission VALUES (203, 'Can delete duty stand in', 51, 'delete_dutystandin');
INSERT INTO public.auth_permission VALUES (204, 'Can view duty stand in', 51, 'view_dutystandin');
INSERT INTO public.auth_permission VALUES (205, 'Can add story look', 52, 'add_storylook');
INSERT INTO public.auth_permission VALUES (206, 'Can change story look', 52, 'change_storylook');
INSERT INTO public.auth_permission VALUES (207, 'Can delete story look', 52, 'delete_storylook');
INSERT INTO public.auth_permission VALUES (208, 'Can view story look', 52, 'view_storylook');
INSERT INTO public.auth_permission VALUES (209, 'Can add sign in try', 53, 'add_signintry');
INSERT INTO public.auth_permission VALUES (210, 'Can change sign in try', 53, 'change_signintry');
INSERT INTO public.auth_permission VALUES (211, 'Can delete sign in try', 53, 'delete_signintry');
INSERT INTO public.auth_permission VALUES (212, 'Can view sign in try', 53, 'view_signintry');
INSERT INTO public.auth_permission VALUES (213, 'Can add forecast learned', 54, 'add_forecastlearned');
INSERT INTO public.auth_permission VALUES (214, 'Can change forecast learned', 54, 'change_forecastlearned');
INSERT INTO public.auth_permission VALUES (215, 'Can delete forecast learned', 54, 'delete_forecastlearned');
INSERT INTO public.auth_permission VALUES (216, 'Can view forecast learned', 54, 'view_forecastlearned');
INSERT INTO public.auth_permission VALUES (217, 'Can add advice row', 55, 'add_advicerow');
INSERT INTO public.auth_permission VALUES (218, 'Can change advice row', 55, 'change_advicerow');
INSERT INTO public.auth_permission VALUES (219, 'Can delete advice row', 55, 'delete_advicerow');
INSERT INTO public.auth_permission VALUES (220, 'Can view advice row', 55, 'view_advicerow');
INSERT INTO public.auth_permission VALUES (221, 'Can add advice choice', 56, 'add_advicechoice');
INSERT INTO public.auth_permission VALUES (222, 'Can change advice choice', 56, 'change_advicechoice');
INSERT INTO public.auth_permission VALUES (223, 'Can delete advice choice', 56, 'delete_advicechoice');
INSERT INTO public.auth_permission VALUES (224, 'Can view advice choice', 56, 'view_advicechoice');
INSERT INTO public.auth_permission VALUES (225, 'Can add forecast day', 57, 'add_forecastday');
INSERT INTO public.auth_permission VALUES (226, 'Can change forecast day', 57, 'change_forecastday');
INSERT INTO public.auth_permission VALUES (227, 'Can delete forecast day', 57, 'delete_forecastday');
INSERT INTO public.auth_permission VALUES (228, 'Can view forecast day', 57, 'view_forecastday');
INSERT INTO public.auth_permission VALUES (229, 'Can add forecast row', 58, 'add_forecastrow');
INSERT INTO public.auth_permission VALUES (230, 'Can change forecast row', 58, 'change_forecastrow');
INSERT INTO public.auth_permission VALUES (231, 'Can delete forecast row', 58, 'delete_forecastrow');
INSERT INTO public.auth_permission VALUES (232, 'Can view forecast row', 58, 'view_forecastrow');
INSERT INTO public.auth_permission VALUES (233, 'Can add alert rule', 59, 'add_alertrule');
INSERT INTO public.auth_permission VALUES (234, 'Can change alert rule', 59, 'change_alertrule');
INSERT INTO public.auth_permission VALUES (235, 'Can delete alert rule', 59, 'delete_alertrule');
INSERT INTO public.auth_permission VALUES (236, 'Can view alert rule', 59, 'view_alertrule');
INSERT INTO public.auth_permission VALUES (237, 'Can add submission contact', 60, 'add_submissioncontact');
INSERT INTO public.auth_permission VALUES (238, 'Can change submission contact', 60, 'change_submissioncontact');
INSERT INTO public.auth_permission VALUES (239, 'Can delete submission contact', 60, 'delete_submissioncontact');
INSERT INTO public.auth_permission VALUES (240, 'Can view submission contact', 60, 'view_submissioncontact');
INSERT INTO public.auth_permission VALUES (241, 'Can add submission', 61, 'add_submission');
INSERT INTO public.auth_permission VALUES (242, 'Can change submission', 61, 'change_submission');
INSERT INTO public.auth_permission VALUES (243, 'Can delete submission', 61, 'delete_submission');
INSERT INTO public.auth_permission VALUES (244, 'Can view submission', 61, 'view_submission');
INSERT INTO public.auth_permission VALUES (245, 'Can add room', 62, 'add_room');
INSERT INTO public.auth_permission VALUES (246, 'Can change room', 62, 'change_room');
INSERT INTO public.auth_permission VALUES (247, 'Can delete room', 62, 'delete_room');
INSERT INTO public.auth_permission VALUES (248, 'Can view room', 62, 'view_room');
INSERT INTO public.auth_permission VALUES (249, 'Can add unit told', 63, 'add_unittold');
INSERT INTO public.auth_permission VALUES (250, 'Can change unit told', 63, 'change_unittold');
INSERT INTO public.auth_permission VALUES (251, 'Can delete unit told', 63, 'delete_unittold');
INSERT INTO public.auth_permission VALUES (252, 'Can view unit told', 63, 'view_unittold');
INSERT INTO public.auth_permission VALUES (253, 'Can add assessment', 64, 'add_assessment');
INSERT INTO public.auth_permission VALUES (254, 'Can change assessment', 64, 'change_assessment');
INSERT INTO public.auth_permission VALUES (255, 'Can delete assessment', 64, 'delete_assessment');
INSERT INTO public.auth_permission VALUES (256, 'Can view assessment', 64, 'view_assessment');
INSERT INTO public.auth_permission VALUES (257, 'Can add room seat', 65, 'add_roomseat');
INSERT INTO public.auth_permission VALUES (258, 'Can change room seat', 65, 'change_roomseat');
INSERT INTO public.auth_permission VALUES (259, 'Can delete room seat', 65, 'delete_roomseat');
INSERT INTO public.auth_permission VALUES (260, 'Can view room seat', 65, 'view_roomseat');
INSERT INTO public.auth_permission VALUES (261, 'Can add file import', 66, 'add_fileimport');
INSERT INTO public.auth_permission VALUES (262, 'Can change file import', 66, 'change_fileimport');
INSERT INTO public.auth_permission VALUES (263, 'Can delete file import', 66, 'delete_fileimport');
INSERT INTO public.auth_permission VALUES (264, 'Can view file import', 66, 'view_fileimport');
INSERT INTO public.auth_permission VALUES (265, 'Can add form link', 67, 'add_formlink');
INSERT INTO public.auth_permission VALUES (266, 'Can change form link', 67, 'change_formlink');
INSERT INTO public.auth_permission VALUES (267, 'Can delete form link', 67, 'delete_formlink');
INSERT INTO public.auth_permission VALUES (268, 'Can view form link', 67, 'view_formlink');
INSERT INTO public.auth_permission VALUES (269, 'Can add supervision', 68, 'add_supervision');
INSERT INTO public.auth_permission VALUES (270, 'Can change supervision', 68, 'change_supervision');
INSERT INTO public.auth_permission VALUES (271, 'Can delete supervision', 68, 'delete_supervision');
INSERT INTO public.auth_permission VALUES (272, 'Can view supervision', 68, 'view_supervision');
INSERT INTO public.auth_permission VALUES (273, 'Can add incident task', 69, 'add_incidenttask');
INSERT INTO public.auth_permission VALUES (274, 'Can change incident task', 69, 'change_incidenttask');
INSERT INTO public.auth_permission VALUES (275, 'Can delete incident task', 69, 'delete_incidenttask');
INSERT INTO public.auth_permission VALUES (276, 'Can view incident task', 69, 'view_incidenttask');
INSERT INTO public.auth_permission VALUES (277, 'Can add emergency report', 70, 'add_emergencyreport');
INSERT INTO public.auth_permission VALUES (278, 'Can change emergency report', 70, 'change_emergencyreport');
INSERT INTO public.auth_permission VALUES (279, 'Can delete emergency report', 70, 'delete_emergencyreport');
INSERT INTO public.auth_permission VALUES (280, 'Can view emergency report', 70, 'view_emergencyreport');
INSERT INTO public.auth_permission VALUES (281, 'Can add open day', 71, 'add_openday');
INSERT INTO public.auth_permission VALUES (282, 'Can change open day', 71, 'change_openday');
INSERT INTO public.auth_permission VALUES (283, 'Can delete open day', 71, 'delete_openday');
INSERT INTO public.auth_permission VALUES (284, 'Can view open day', 71, 'view_openday');
INSERT INTO public.auth_permission VALUES (285, 'Can add unit calendar', 72, 'add_unitcalendar');
INSERT INTO public.auth_permission VALUES (286, 'Can change unit calendar', 72, 'change_unitcalendar');
INSERT INTO public.auth_permission VALUES (287, 'Can delete unit calendar', 72, 'delete_unitcalendar');
INSERT INTO public.auth_permission VALUES (288, 'Can view unit calendar', 72, 'view_unitcalendar');
INSERT INTO public.auth_permission VALUES (289, 'Can add case', 73, 'add_case');
INSERT INTO public.auth_permission VALUES (290, 'Can change case', 73, 'change_case');
INSERT INTO public.auth_permission VALUES (291, 'Can delete case', 73, 'delete_case');
INSERT INTO public.auth_permission VALUES (292, 'Can view case', 73, 'view_case');
INSERT INTO public.auth_permission VALUES (293, 'Can add case contest', 74, 'add_casecontest');
INSERT INTO public.auth_permission VALUES (294, 'Can change case contest', 74, 'change_casecontest');
INSERT INTO public.auth_permission VALUES (295, 'Can delete case contest', 74, 'delete_casecontest');
INSERT INTO public.auth_permission VALUES (296, 'Can view case contest', 74, 'view_casecontest');
INSERT INTO public.auth_permission VALUES (297, 'Can add case event', 75, 'add_caseevent');
INSERT INTO public.auth_permission VALUES (298, 'Can change case event', 75, 'change_caseevent');
INSERT INTO public.auth_permission VALUES (299, 'Can delete case event', 75, 'delete_caseevent');
INSERT INTO public.auth_permission VALUES (300, 'Can view case event', 75, 'view_caseevent');
INSERT INTO public.auth_permission VALUES (301, 'Can add case leg', 76, 'add_caseleg');
INSERT INTO public.auth_permission VALUES (302, 'Can change case leg', 76, 'change_caseleg');
INSERT INTO public.auth_permission VALUES (303, 'Can delete case leg', 76, 'delete_caseleg');
INSERT INTO public.auth_permission VALUES (304, 'Can view case leg', 76, 'view_caseleg');
INSERT INTO public.auth_permission VALUES (305, 'Can add case message', 77, 'add_casemessage');
INSERT INTO public.auth_permission VALUES (306, 'Can change case message', 77, 'change_casemessage');
INSERT INTO public.auth_permission VALUES (307, 'Can delete case message', 77, 'delete_casemessage');
INSERT INTO public.auth_permission VALUES (308, 'Can view case message', 77, 'view_casemessage');
INSERT INTO public.auth_permission VALUES (309, 'Can add case pause', 78, 'add_casepause');
INSERT INTO public.auth_permission VALUES (310, 'Can change case pause', 78, 'change_casepause');
INSERT INTO public.auth_permission VALUES (311, 'Can delete case pause', 78, 'delete_casepause');
INSERT INTO public.auth_permission VALUES (312, 'Can view case pause', 78, 'view_casepause');
INSERT INTO public.auth_permission VALUES (313, 'Can add case rating', 79, 'add_caserating');
INSERT INTO public.auth_permission VALUES (314, 'Can change case rating', 79, 'change_caserating');
INSERT INTO public.auth_permission VALUES (315, 'Can delete case rating', 79, 'delete_caserating');
INSERT INTO public.auth_permission VALUES (316, 'Can view case rating', 79, 'view_caserating');
INSERT INTO public.auth_permission VALUES (317, 'Can add case step', 80, 'add_casestep');
INSERT INTO public.auth_permission VALUES (318, 'Can change case step', 80, 'change_casestep');
INSERT INTO public.auth_permission VALUES (319, 'Can delete case step', 80, 'delete_casestep');
INSERT INTO public.auth_permission VALUES (320, 'Can view case step', 80, 'view_casestep');
INSERT INTO public.auth_permission VALUES (321, 'Can add reply text', 81, 'add_replytext');
INSERT INTO public.auth_permission VALUES (322, 'Can change reply text', 81, 'change_replytext');
INSERT INTO public.auth_permission VALUES (323, 'Can delete reply text', 81, 'delete_replytext');
INSERT INTO public.auth_permission VALUES (324, 'Can view reply text', 81, 'view_replytext');
INSERT INTO public.auth_permission VALUES (325, 'Can add case answer', 82, 'add_caseanswer');
INSERT INTO public.auth_permission VALUES (326, 'Can change case answer', 82, 'change_caseanswer');
INSERT INTO public.auth_permission VALUES (327, 'Can delete case answer', 82, 'delete_caseanswer');
INSERT INTO public.auth_permission VALUES (328, 'Can view case answer', 82, 'view_caseanswer');
INSERT INTO public.auth_permission VALUES (329, 'Can add escalation', 83, 'add_escalation');
INSERT INTO public.auth_permission VALUES (330, 'Can change escalation', 83, 'change_escalation');
INSERT INTO public.auth_permission VALUES (331, 'Can delete escalation', 83, 'delete_escalation');
INSERT INTO public.auth_permission VALUES (332, 'Can view escalation', 83, 'view_escalation');
INSERT INTO public.auth_permission VALUES (333, 'Can add backlog', 84, 'add_backlog');
INSERT INTO public.auth_permission VALUES (334, 'Can change backlog', 84, 'change_backlog');
INSERT INTO public.auth_permission VALUES (335, 'Can delete backlog', 84, 'delete_backlog');
INSERT INTO public.auth_permission VALUES (336, 'Can view backlog', 84, 'view_backlog');
INSERT INTO public.auth_permission VALUES (337, 'Can add quarantined', 85, 'add_quarantined');
INSERT INTO public.auth_permission VALUES (338, 'Can change quarantined', 85, 'change_quarantined');
INSERT INTO public.auth_permission VALUES (339, 'Can delete quarantined', 85, 'delete_quarantined');
INSERT INTO public.auth_permission VALUES (340, 'Can view quarantined', 85, 'view_quarantined');
INSERT INTO public.auth_permission VALUES (341, 'Can add code app', 86, 'add_codeapp');
INSERT INTO public.auth_permission VALUES (342, 'Can change code app', 86, 'change_codeapp');
INSERT INTO public.auth_permission VALUES (343, 'Can delete code app', 86, 'delete_codeapp');
INSERT INTO public.auth_permission VALUES (344, 'Can view code app', 86, 'view_codeapp');
INSERT INTO public.auth_permission VALUES (345, 'Can add desk session', 87, 'add_desksession');
INSERT INTO public.auth_permission VALUES (346, 'Can change desk session', 87, 'change_desksession');
INSERT INTO public.auth_permission VALUES (347, 'Can delete desk session', 87, 'delete_desksession');
INSERT INTO public.auth_permission VALUES (348, 'Can view desk session', 87, 'view_desksession');
INSERT INTO public.auth_permission VALUES (349, 'Can add passkey', 88, 'add_passkey');
INSERT INTO public.auth_permission VALUES (350, 'Can change passkey', 88, 'change_passkey');
INSERT INTO public.auth_permission VALUES (351, 'Can delete passkey', 88, 'delete_passkey');
INSERT INTO public.auth_permission VALUES (352, 'Can view passkey', 88, 'view_passkey');
INSERT INTO public.auth_permission VALUES (353, 'Can add spare code', 89, 'add_sparecode');
INSERT INTO public.auth_permission VALUES (354, 'Can change spare code', 89, 'change_sparecode');
INSERT INTO public.auth_permission VALUES (355, 'Can delete spare code', 89, 'delete_sparecode');
INSERT INTO public.auth_permission VALUES (356, 'Can view spare code', 89, 'view_sparecode');
INSERT INTO public.auth_permission VALUES (357, 'Can add inbox decision', 90, 'add_inboxdecision');
INSERT INTO public.auth_permission VALUES (358, 'Can change inbox decision', 90, 'change_inboxdecision');
INSERT INTO public.auth_permission VALUES (359, 'Can delete inbox decision', 90, 'delete_inboxdecision');
INSERT INTO public.auth_permission VALUES (360, 'Can view inbox decision', 90, 'view_inboxdecision');
INSERT INTO public.auth_permission VALUES (361, 'Can add dispute', 91, 'add_dispute');
INSERT INTO public.auth_permission VALUES (362, 'Can change dispute', 91, 'change_dispute');
INSERT INTO public.auth_permission VALUES (363, 'Can delete dispute', 91, 'delete_dispute');
INSERT INTO public.auth_permission VALUES (364, 'Can view dispute', 91, 'view_dispute');
INSERT INTO public.auth_permission VALUES (365, 'Can add hub subscription', 92, 'add_hubsubscription');
INSERT INTO public.auth_permission VALUES (366, 'Can change hub subscription', 92, 'change_hubsubscription');
INSERT INTO public.auth_permission VALUES (367, 'Can delete hub subscription', 92, 'delete_hubsubscription');
INSERT INTO public.auth_permission VALUES (368, 'Can view hub subscription', 92, 'view_hubsubscription');
INSERT INTO public.auth_permission VALUES (369, 'Can add asker contact', 93, 'add_askercontact');
INSERT INTO public.auth_permission VALUES (370, 'Can change asker contact', 93, 'change_askercontact');
INSERT INTO public.auth_permission VALUES (371, 'Can delete asker contact', 93, 'delete_askercontact');
INSERT INTO public.auth_permission VALUES (372, 'Can view asker contact', 93, 'view_askercontact');
INSERT INTO public.auth_permission VALUES (373, 'Can add answer', 94, 'add_answer');
INSERT INTO public.auth_permission VALUES (374, 'Can change answer', 94, 'change_answer');
INSERT INTO public.auth_permission VALUES (375, 'Can delete answer', 94, 'delete_answer');
INSERT INTO public.auth_permission VALUES (376, 'Can view answer', 94, 'view_answer');
INSERT INTO public.auth_permission VALUES (377, 'Can add answer asker', 95, 'add_answerasker');
INSERT INTO public.auth_permission VALUES (378, 'Can change answer asker', 95, 'change_answerasker');
INSERT INTO public.auth_permission VALUES (379, 'Can delete answer asker', 95, 'delete_answerasker');
INSERT INTO public.auth_permission VALUES (380, 'Can view answer asker', 95, 'view_answerasker');
INSERT INTO public.auth_permission VALUES (381, 'Can add answer dispute', 96, 'add_answerdispute');
INSERT INTO public.auth_permission VALUES (382, 'Can change answer dispute', 96, 'change_answerdispute');
INSERT INTO public.auth_permission VALUES (383, 'Can delete answer dispute', 96, 'delete_answerdispute');
INSERT INTO public.auth_permission VALUES (384, 'Can view answer dispute', 96, 'view_answerdispute');
INSERT INTO public.auth_permission VALUES (385, 'Can add answer document', 97, 'add_answerdocument');
INSERT INTO public.auth_permission VALUES (386, 'Can change answer document', 97, 'change_answerdocument');
INSERT INTO public.auth_permission VALUES (387, 'Can delete answer document', 97, 'delete_answerdocument');
INSERT INTO public.auth_permission VALUES (388, 'Can view answer document', 97, 'view_answerdocument');
INSERT INTO public.auth_permission VALUES (389, 'Can add answer link', 98, 'add_answerlink');
INSERT INTO public.auth_permission VALUES (390, 'Can change answer link', 98, 'change_answerlink');
INSERT INTO public.auth_permission VALUES (391, 'Can delete answer link', 98, 'delete_answerlink');
INSERT INTO public.auth_permission VALUES (392, 'Can view answer link', 98, 'view_answerlink');
INSERT INTO public.auth_permission VALUES (393, 'Can add answer notice', 99, 'add_answernotice');
INSERT INTO public.auth_permission VALUES (394, 'Can change answer notice', 99, 'change_answernotice');
INSERT INTO public.auth_permission VALUES (395, 'Can delete answer notice', 99, 'delete_answernotice');
INSERT INTO public.auth_permission VALUES (396, 'Can view answer notice', 99, 'view_answernotice');
INSERT INTO public.auth_permission VALUES (397, 'Can add answer vote', 100, 'add_answervote');
INSERT INTO public.auth_permission VALUES (398, 'Can change answer vote', 100, 'change_answervote');
INSERT INTO public.auth_permission VALUES (399, 'Can delete answer vote', 100, 'delete_answervote');
INSERT INTO public.auth_permission VALUES (400, 'Can view answer vote', 100, 'view_answervote');
INSERT INTO public.auth_permission VALUES (401, 'Can add claim weights', 101, 'add_claimweights');
INSERT INTO public.auth_permission VALUES (402, 'Can change claim weights', 101, 'change_claimweights');
INSERT INTO public.auth_permission VALUES (403, 'Can delete claim weights', 101, 'delete_claimweights');
INSERT INTO public.auth_permission VALUES (404, 'Can view claim weights', 101, 'view_claimweights');
INSERT INTO public.auth_permission VALUES (405, 'Can add identity', 102, 'add_identity');
INSERT INTO public.auth_permission VALUES (406, 'Can change identity', 102, 'change_identity');
INSERT INTO public.auth_permission VALUES (407, 'Can delete identity', 102, 'delete_identity');
INSERT INTO public.auth_permission VALUES (408, 'Can view identity', 102, 'view_identity');
INSERT INTO public.auth_permission VALUES (409, 'Can add overseer key', 103, 'add_overseerkey');
INSERT INTO public.auth_permission VALUES (410, 'Can change overseer key', 103, 'change_overseerkey');
INSERT INTO public.auth_permission VALUES (411, 'Can delete overseer key', 103, 'delete_overseerkey');
INSERT INTO public.auth_permission VALUES (412, 'Can view overseer key', 103, 'view_overseerkey');
INSERT INTO public.auth_permission VALUES (413, 'Can add sealed report', 104, 'add_sealedreport');
INSERT INTO public.auth_permission VALUES (414, 'Can change sealed report', 104, 'change_sealedreport');
INSERT INTO public.auth_permission VALUES (415, 'Can delete sealed report', 104, 'delete_sealedreport');
INSERT INTO public.auth_permission VALUES (416, 'Can view sealed report', 104, 'view_sealedreport');
INSERT INTO public.auth_permission VALUES (417, 'Can add sealed answer', 105, 'add_sealedanswer');
INSERT INTO public.auth_permission VALUES (418, 'Can change sealed answer', 105, 'change_sealedanswer');
INSERT INTO public.auth_permission VALUES (419, 'Can delete sealed answer', 105, 'delete_sealedanswer');
INSERT INTO public.auth_permission VALUES (420, 'Can view sealed answer', 105, 'view_sealedanswer');
INSERT INTO public.auth_permission VALUES (421, 'Can add case letter', 106, 'add_caseletter');
INSERT INTO public.auth_permission VALUES (422, 'Can change case letter', 106, 'change_caseletter');
INSERT INTO public.auth_permission VALUES (423, 'Can delete case letter', 106, 'delete_caseletter');
INSERT INTO public.auth_permission VALUES (424, 'Can view case letter', 106, 'view_caseletter');
INSERT INTO public.auth_permission VALUES (425, 'Can add departure', 107, 'add_departure');
INSERT INTO public.auth_permission VALUES (426, 'Can change departure', 107, 'change_departure');
INSERT INTO public.auth_permission VALUES (427, 'Can delete departure', 107, 'delete_departure');
INSERT INTO public.auth_permission VALUES (428, 'Can view departure', 107, 'view_departure');
INSERT INTO public.auth_permission VALUES (429, 'Can add lead', 108, 'add_lead');
INSERT INTO public.auth_permission VALUES (430, 'Can change lead', 108, 'change_lead');
INSERT INTO public.auth_permission VALUES (431, 'Can delete lead', 108, 'delete_lead');
INSERT INTO public.auth_permission VALUES (432, 'Can view lead', 108, 'view_lead');
INSERT INTO public.auth_permission VALUES (433, 'Can add owed approval', 109, 'add_owedapproval');
INSERT INTO public.auth_permission VALUES (434, 'Can change owed approval', 109, 'change_owedapproval');
INSERT INTO public.auth_permission VALUES (435, 'Can delete owed approval', 109, 'delete_owedapproval');
INSERT INTO public.auth_permission VALUES (436, 'Can view owed approval', 109, 'view_owedapproval');
INSERT INTO public.auth_permission VALUES (437, 'Can add press question', 110, 'add_pressquestion');
INSERT INTO public.auth_permission VALUES (438, 'Can change press question', 110, 'change_pressquestion');
INSERT INTO public.auth_permission VALUES (439, 'Can delete press question', 110, 'delete_pressquestion');
INSERT INTO public.auth_permission VALUES (440, 'Can view press question', 110, 'view_pressquestion');
INSERT INTO public.auth_permission VALUES (441, 'Can add statement signature', 111, 'add_statementsignature');
INSERT INTO public.auth_permission VALUES (442, 'Can change statement signature', 111, 'change_statementsignature');
INSERT INTO public.auth_permission VALUES (443, 'Can delete statement signature', 111, 'delete_statementsignature');
INSERT INTO public.auth_permission VALUES (444, 'Can view statement signature', 111, 'view_statementsignature');
INSERT INTO public.auth_permission VALUES (445, 'Can add voice reply', 112, 'add_voicereply');
INSERT INTO public.auth_permission VALUES (446, 'Can change voice reply', 112, 'change_voicereply');
INSERT INTO public.auth_permission VALUES (447, 'Can delete voice reply', 112, 'delete_voicereply');
INSERT INTO public.auth_permission VALUES (448, 'Can view voice reply', 112, 'view_voicereply');
INSERT INTO public.auth_permission VALUES (449, 'Can add wording', 113, 'add_wording');
INSERT INTO public.auth_permission VALUES (450, 'Can change wording', 113, 'change_wording');
INSERT INTO public.auth_permission VALUES (451, 'Can delete wording', 113, 'delete_wording');
INSERT INTO public.auth_permission VALUES (452, 'Can view wording', 113, 'view_wording');
INSERT INTO public.auth_permission VALUES (453, 'Can add duty note', 114, 'add_dutynote');
INSERT INTO public.auth_permission VALUES (454, 'Can change duty note', 114, 'change_dutynote');
INSERT INTO public.auth_permission VALUES (455, 'Can delete duty note', 114, 'delete_dutynote');
INSERT INTO public.auth_permission VALUES (456, 'Can view duty note', 114, 'view_dutynote');
INSERT INTO public.auth_permission VALUES (457, 'Can add conference', 115, 'add_conference');
INSERT INTO public.auth_permission VALUES (458, 'Can change conference', 115, 'change_conference');
INSERT INTO public.auth_permission VALUES (459, 'Can delete conference', 115, 'delete_conference');
INSERT INTO public.auth_permission VALUES (460, 'Can view conference', 115, 'view_conference');
INSERT INTO public.auth_permission VALUES (461, 'Can add conference question', 116, 'add_conferencequestion');
INSERT INTO public.auth_permission VALUES (462, 'Can change conference question', 116, 'change_conferencequestion');
INSERT INTO public.auth_permission VALUES (463, 'Can delete conference question', 116, 'delete_conferencequestion');
INSERT INTO public.auth_permission VALUES (464, 'Can view conference question', 116, 'view_conferencequestion');
INSERT INTO public.auth_permission VALUES (465, 'Can add shared line', 117, 'add_sharedline');
INSERT INTO public.auth_permission VALUES (466, 'Can change shared line', 117, 'change_sharedline');
INSERT INTO public.auth_permission VALUES (467, 'Can delete shared line', 117, 'delete_sharedline');
INSERT INTO public.auth_permission VALUES (468, 'Can view shared line', 117, 'view_sharedline');
INSERT INTO public.auth_permission VALUES (469, 'Can add channel row', 118, 'add_channelrow');
INSERT INTO public.auth_permission VALUES (470, 'Can change channel row', 118, 'change_channelrow');
INSERT INTO public.auth_permission VALUES (471, 'Can delete channel row', 118, 'delete_channelrow');
INSERT INTO public.auth_permission VALUES (472, 'Can view channel row', 118, 'view_channelrow');
INSERT INTO public.auth_permission VALUES (473, 'Can add delivery', 119, 'add_delivery');
INSERT INTO public.auth_permission VALUES (474, 'Can change delivery', 119, 'change_delivery');
INSERT INTO public.auth_permission VALUES (475, 'Can delete delivery', 119, 'delete_delivery');
INSERT INTO public.auth_permission VALUES (476, 'Can view delivery', 119, 'view_delivery');
INSERT INTO public.auth_permission VALUES (477, 'Can add subscription', 120, 'add_subscription');
INSERT INTO public.auth_permission VALUES (478, 'Can change subscription', 120, 'change_subscription');
INSERT INTO public.auth_permission VALUES (479, 'Can delete subscription', 120, 'delete_subscription');
INSERT INTO public.auth_permission VALUES (480, 'Can view subscription', 120, 'view_subscription');
INSERT INTO public.auth_permission VALUES (481, 'Can add subscription letter', 121, 'add_subscriptionletter');
INSERT INTO public.auth_permission VALUES (482, 'Can change subscription letter', 121, 'change_subscriptionletter');
INSERT INTO public.auth_permission VALUES (483, 'Can delete subscription letter', 121, 'delete_subscriptionletter');
INSERT INTO public.auth_permission VALUES (484, 'Can view subscription letter', 121, 'view_subscriptionletter');
INSERT INTO public.auth_permission VALUES (485, 'Can add item picture', 122, 'add_itempicture');
INSERT INTO public.auth_permission VALUES (486, 'Can change item picture', 122, 'change_itempicture');
INSERT INTO public.auth_permission VALUES (487, 'Can delete item picture', 122, 'delete_itempicture');
INSERT INTO public.auth_permission VALUES (488, 'Can view item picture', 122, 'view_itempicture');
INSERT INTO public.auth_permission VALUES (489, 'Can add invitation', 123, 'add_invitation');
INSERT INTO public.auth_permission VALUES (490, 'Can change invitation', 123, 'change_invitation');
INSERT INTO public.auth_permission VALUES (491, 'Can delete invitation', 123, 'delete_invitation');
INSERT INTO public.auth_permission VALUES (492, 'Can view invitation', 123, 'view_invitation');
INSERT INTO public.auth_permission VALUES (493, 'Can add submission file', 124, 'add_submissionfile');
INSERT INTO public.auth_permission VALUES (494, 'Can change submission file', 124, 'change_submissionfile');
INSERT INTO public.auth_permission VALUES (495, 'Can delete submission file', 124, 'delete_submissionfile');
INSERT INTO public.auth_permission VALUES (496, 'Can view submission file', 124, 'view_submissionfile');
INSERT INTO public.django_content_type VALUES (1, 'contenttypes', 'contenttype');
INSERT INTO public.django_content_type VALUES (2, 'auth', 'permission');
INSERT INTO public.django_content_type VALUES (3, 'auth', 'group');
INSERT INTO public.django_content_type VALUES (4, 'sessions', 'session');
INSERT INTO public.django_content_type VALUES (5, 'store', 'person');
INSERT INTO public.django_content_type VALUES (6, 'store', 'ledgerhead');
INSERT INTO public.django_content_type VALUES (7, 'store', 'ledgerrow');
INSERT INTO public.django_content_type VALUES (8, 'store', 'signalrow');
INSERT INTO public.django_content_type VALUES (9, 'store', 'source');
INSERT INTO public.django_content_type VALUES (10, 'store', 'alert');
INSERT INTO public.django_content_type VALUES (11, 'store', 'incident');
INSERT INTO public.django_content_type VALUES (12, 'store', 'ledgersalt');
INSERT INTO public.django_content_type VALUES (13, 'store', 'onetimelink');
INSERT INTO public.django_content_type VALUES (14, 'store', 'reportdocument');
INSERT INTO public.django_content_type VALUES (15, 'store', 'drill');
INSERT INTO public.django_content_type VALUES (16, 'store', 'statement');
INSERT INTO public.django_content_type VALUES (17, 'store', 'statementversion');
INSERT INTO public.django_content_type VALUES (18, 'store', 'publication');
INSERT INTO public.django_content_type VALUES (19, 'store', 'evidence');
INSERT INTO public.django_content_type VALUES (20, 'store', 'story');
INSERT INTO public.django_content_type VALUES (21, 'store', 'incidentstory');
INSERT INTO public.django_content_type VALUES (22, 'store', 'storyhour');
INSERT INTO public.django_content_type VALUES (23, 'store', 'storymerge');
INSERT INTO public.django_content_type VALUES (24, 'store', 'threadrow');
INSERT INTO public.django_content_type VALUES (25, 'store', 'storylink');
INSERT INTO public.django_content_type VALUES (26, 'store', 'itemrow');
INSERT INTO public.django_content_type VALUES (27, 'store', 'timelineentry');
INSERT INTO public.django_content_type VALUES (28, 'store', 'tombstone');
INSERT INTO public.django_content_type VALUES (29, 'store', 'unit');
INSERT INTO public.django_content_type VALUES (30, 'store', 'roleheld');
INSERT INTO public.django_content_type VALUES (31, 'store', 'voice');
INSERT INTO public.django_content_type VALUES (32, 'store', 'clock');
INSERT INTO public.django_content_type VALUES (33, 'store', 'storyfact');
INSERT INTO public.django_content_type VALUES (34, 'store', 'callorder');
INSERT INTO public.django_content_type VALUES (35, 'store', 'reach');
INSERT INTO public.django_content_type VALUES (36, 'store', 'call');
INSERT INTO public.django_content_type VALUES (37, 'store', 'sourcealarm');
INSERT INTO public.django_content_type VALUES (38, 'store', 'sourcehour');
INSERT INTO public.django_content_type VALUES (39, 'store', 'way');
INSERT INTO public.django_content_type VALUES (40, 'store', 'notice');
INSERT INTO public.django_content_type VALUES (41, 'store', 'question');
INSERT INTO public.django_content_type VALUES (42, 'store', 'questionhour');
INSERT INTO public.django_content_type VALUES (43, 'store', 'questionmatch');
INSERT INTO public.django_content_type VALUES (44, 'store', 'questionsample');
INSERT INTO public.django_content_type VALUES (45, 'store', 'matter');
INSERT INTO public.django_content_type VALUES (46, 'store', 'mattername');
INSERT INTO public.django_content_type VALUES (47, 'store', 'storyedit');
INSERT INTO public.django_content_type VALUES (48, 'store', 'dutyabsence');
INSERT INTO public.django_content_type VALUES (49, 'store', 'dutyroster');
INSERT INTO public.django_content_type VALUES (50, 'store', 'dutyrotation');
INSERT INTO public.django_content_type VALUES (51, 'store', 'dutystandin');
INSERT INTO public.django_content_type VALUES (52, 'store', 'storylook');
INSERT INTO public.django_content_type VALUES (53, 'store', 'signintry');
INSERT INTO public.django_content_type VALUES (54, 'store', 'forecastlearned');
INSERT INTO public.django_content_type VALUES (55, 'store', 'advicerow');
INSERT INTO public.django_content_type VALUES (56, 'store', 'advicechoice');
INSERT INTO public.django_content_type VALUES (57, 'store', 'forecastday');
INSERT INTO public.django_content_type VALUES (58, 'store', 'forecastrow');
INSERT INTO public.django_content_type VALUES (59, 'store', 'alertrule');
INSERT INTO public.django_content_type VALUES (60, 'store', 'submissioncontact');
INSERT INTO public.django_content_type VALUES (61, 'store', 'submission');
INSERT INTO public.django_content_type VALUES (62, 'store', 'room');
INSERT INTO public.django_content_type VALUES (63, 'store', 'unittold');
INSERT INTO public.django_content_type VALUES (64, 'store', 'assessment');
INSERT INTO public.django_content_type VALUES (65, 'store', 'roomseat');
INSERT INTO public.django_content_type VALUES (66, 'store', 'fileimport');
INSERT INTO public.django_content_type VALUES (67, 'store', 'formlink');
INSERT INTO public.django_content_type VALUES (68, 'store', 'supervision');
INSERT INTO public.django_content_type VALUES (69, 'store', 'incidenttask');
INSERT INTO public.django_content_type VALUES (70, 'store', 'emergencyreport');
INSERT INTO public.django_content_type VALUES (71, 'store', 'openday');
INSERT INTO public.django_content_type VALUES (72, 'store', 'unitcalendar');
INSERT INTO public.django_content_type VALUES (73, 'store', 'case');
INSERT INTO public.django_content_type VALUES (74, 'store', 'casecontest');
INSERT INTO public.django_content_type VALUES (75, 'store', 'caseevent');
INSERT INTO public.django_content_type VALUES (76, 'store', 'caseleg');
INSERT INTO public.django_content_type VALUES (77, 'store', 'casemessage');
INSERT INTO public.django_content_type VALUES (78, 'store', 'casepause');
INSERT INTO public.django_content_type VALUES (79, 'store', 'caserating');
INSERT INTO public.django_content_type VALUES (80, 'store', 'casestep');
INSERT INTO public.django_content_type VALUES (81, 'store', 'replytext');
INSERT INTO public.django_content_type VALUES (82, 'store', 'caseanswer');
INSERT INTO public.django_content_type VALUES (83, 'store', 'escalation');
INSERT INTO public.django_content_type VALUES (84, 'store', 'backlog');
INSERT INTO public.django_content_type VALUES (85, 'store', 'quarantined');
INSERT INTO public.django_content_type VALUES (86, 'store', 'codeapp');
INSERT INTO public.django_content_type VALUES (87, 'store', 'desksession');
INSERT INTO public.django_content_type VALUES (88, 'store', 'passkey');
INSERT INTO public.django_content_type VALUES (89, 'store', 'sparecode');
INSERT INTO public.django_content_type VALUES (90, 'store', 'inboxdecision');
INSERT INTO public.django_content_type VALUES (91, 'store', 'dispute');
INSERT INTO public.django_content_type VALUES (92, 'store', 'hubsubscription');
INSERT INTO public.django_content_type VALUES (93, 'store', 'askercontact');
INSERT INTO public.django_content_type VALUES (94, 'store', 'answer');
INSERT INTO public.django_content_type VALUES (95, 'store', 'answerasker');
INSERT INTO public.django_content_type VALUES (96, 'store', 'answerdispute');
INSERT INTO public.django_content_type VALUES (97, 'store', 'answerdocument');
INSERT INTO public.django_content_type VALUES (98, 'store', 'answerlink');
INSERT INTO public.django_content_type VALUES (99, 'store', 'answernotice');
INSERT INTO public.django_content_type VALUES (100, 'store', 'answervote');
INSERT INTO public.django_content_type VALUES (101, 'store', 'claimweights');
INSERT INTO public.django_content_type VALUES (102, 'store', 'identity');
INSERT INTO public.django_content_type VALUES (103, 'store', 'overseerkey');
INSERT INTO public.django_content_type VALUES (104, 'store', 'sealedreport');
INSERT INTO public.django_content_type VALUES (105, 'store', 'sealedanswer');
INSERT INTO public.django_content_type VALUES (106, 'store', 'caseletter');
INSERT INTO public.django_content_type VALUES (107, 'store', 'departure');
INSERT INTO public.django_content_type VALUES (108, 'store', 'lead');
INSERT INTO public.django_content_type VALUES (109, 'store', 'owedapproval');
INSERT INTO public.django_content_type VALUES (110, 'store', 'pressquestion');
INSERT INTO public.django_content_type VALUES (111, 'store', 'statementsignature');
INSERT INTO public.django_content_type VALUES (112, 'store', 'voicereply');
INSERT INTO public.django_content_type VALUES (113, 'store', 'wording');
INSERT INTO public.django_content_type VALUES (114, 'store', 'dutynote');
INSERT INTO public.django_content_type VALUES (115, 'store', 'conference');
INSERT INTO public.django_content_type VALUES (116, 'store', 'conferencequestion');
INSERT INTO public.django_content_type VALUES (117, 'store', 'sharedline');
INSERT INTO public.django_content_type VALUES (118, 'store', 'channelrow');
INSERT INTO public.django_content_type VALUES (119, 'store', 'delivery');
INSERT INTO public.django_content_type VALUES (120, 'store', 'subscription');
INSERT INTO public.django_content_type VALUES (121, 'store', 'subscriptionletter');
INSERT INTO public.django_content_type VALUES (122, 'store', 'itempicture');
INSERT INTO public.django_content_type VALUES (123, 'store', 'invitation');
INSERT INTO public.django_content_type VALUES (124, 'store', 'submissionfile');
INSERT INTO public.django_migrations VALUES (1, 'contenttypes', '0001_initial', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (2, 'contenttypes', '0002_remove_content_type_name', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (3, 'auth', '0001_initial', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (4, 'auth', '0002_alter_permission_name_max_length', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (5, 'auth', '0003_alter_user_email_max_length', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (6, 'auth', '0004_alter_user_username_opts', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (7, 'auth', '0005_alter_user_last_login_null', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (8, 'auth', '0006_require_contenttypes_0002', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (9, 'auth', '0007_alter_validators_add_error_messages', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (10, 'auth', '0008_alter_user_username_max_length', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (11, 'auth', '0009_alter_user_last_name_max_length', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (12, 'auth', '0010_alter_group_name_max_length', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (13, 'auth', '0011_update_proxy_permissions', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (14, 'auth', '0012_alter_user_first_name_max_length', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (15, 'sessions', '0001_initial', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (16, 'store', '0001_first', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (17, 'store', '0002_search_and_guards', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (18, 'store', '0003_story_facts', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (19, 'store', '0004_notices', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (20, 'store', '0005_standing_questions', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (21, 'store', '0006_matters', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (22, 'store', '0007_duty', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (23, 'store', '0008_story_looks', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (24, 'store', '0009_sign_in_tries', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (25, 'store', '0010_forecasts_and_advice', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (26, 'store', '0011_alert_rules', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (27, 'store', '0012_place_and_method', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (28, 'store', '0013_submissions', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (29, 'store', '0014_rooms', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (30, 'store', '0015_upstream', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (31, 'store', '0016_file_imports', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (32, 'store', '0017_form_links', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (33, 'store', '0018_tasks_and_supervision', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (34, 'store', '0019_emergency_reports', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (35, 'store', '0020_cases', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (36, 'store', '0021_escalations', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (37, 'store', '0022_running_clocks_escalate', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (38, 'store', '0023_quarantine', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (39, 'store', '0024_sign_in_proofs', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (40, 'store', '0025_inbox_decisions', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (41, 'store', '0026_disputes', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (42, 'store', '0027_case_heat', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (43, 'store', '0028_hub_subscriptions', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (44, 'store', '0029_answers', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (45, 'store', '0030_identities', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (46, 'store', '0031_sealed_reports', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (47, 'store', '0032_letters', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (48, 'store', '0033_statements_leave', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (49, 'store', '0034_voice_guards', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (50, 'store', '0035_case_lists', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (51, 'store', '0036_speaking', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (52, 'store', '0037_channels', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (53, 'store', '0038_subscriptions', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (54, 'store', '0039_case_voices', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (55, 'store', '0040_pictures', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (56, 'store', '0041_invitations', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (57, 'store', '0042_told_picture', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (58, 'store', '0043_submission_files', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (59, 'store', '0044_document_given', '1970-01-01 00:00:00+00');
INSERT INTO public.django_migrations VALUES (60, 'store', '0045_item_pending', '1970-01-01 00:00:00+00');
SELECT pg_catalog.setval('public.advice_choices_id_seq', 1, false);
SELECT pg_catalog.setval('public.advice_id_seq', 1, false);
SELECT pg_catalog.setval('public.alert_rules_id_seq', 1, false);
SELECT pg_catalog.setval('public.alerts_id_seq', 1, false);
SELECT pg_catalog.setval('public.answer_links_id_seq', 1, false);
SELECT pg_catalog.setval('public.answer_notices_id_seq', 1, false);
SELECT pg_catalog.setval('public.answer_votes_id_seq', 1, false);
SELECT pg_catalog.setval('public.answers_id_seq', 1, false);
SELECT pg_catalog.setval('public.assessments_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 496, true);
SELECT pg_catalog.setval('public.backlog_id_seq', 1, false);
SELECT pg_catalog.setval('public.calls_id_seq', 1, false);
SELECT pg_catalog.setval('public.case_answers_id_seq', 1, false);
SELECT pg_catalog.setval('public.case_contests_id_seq', 1, false);
SELECT pg_catalog.setval('public.case_events_id_seq', 1, false);
SELECT pg_catalog.setval('public.case_legs_id_seq', 1, false);
SELECT pg_catalog.setval('public.case_letters_id_seq', 1, false);
SELECT pg_catalog.setval('public.case_messages_id_seq', 1, false);
SELECT pg_catalog.setval('public.case_pauses_id_seq', 1, false);
SELECT pg_catalog.setval('public.case_ratings_id_seq', 1, false);
SELECT pg_catalog.setval('public.case_steps_id_seq', 1, false);
SELECT pg_catalog.setval('public.channels_id_seq', 1, false);
SELECT pg_catalog.setval('public.claim_weights_id_seq', 1, false);
SELECT pg_catalog.setval('public.clocks_id_seq', 1, false);
SELECT pg_catalog.setval('public.conference_questions_id_seq', 1, false);
SELECT pg_catalog.setval('public.conferences_id_seq', 1, false);
SELECT pg_catalog.setval('public.deliveries_id_seq', 1, false);
SELECT pg_catalog.setval('public.departures_id_seq', 1, false);
SELECT pg_catalog.setval('public.desk_sessions_id_seq', 1, false);
SELECT pg_catalog.setval('public.disputes_id_seq', 1, false);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 124, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 60, true);
SELECT pg_catalog.setval('public.drills_id_seq', 1, false);
SELECT pg_catalog.setval('public.duty_absences_id_seq', 1, false);
SELECT pg_catalog.setval('public.duty_notes_id_seq', 1, false);
SELECT pg_catalog.setval('public.duty_rosters_id_seq', 1, false);
SELECT pg_catalog.setval('public.duty_rotations_id_seq', 1, false);
SELECT pg_catalog.setval('public.duty_stand_ins_id_seq', 1, false);
SELECT pg_catalog.setval('public.emergency_reports_id_seq', 1, false);
SELECT pg_catalog.setval('public.escalations_id_seq', 1, false);
SELECT pg_catalog.setval('public.evidence_id_seq', 1, false);
SELECT pg_catalog.setval('public.file_imports_id_seq', 1, false);
SELECT pg_catalog.setval('public.forecast_days_id_seq', 1, false);
SELECT pg_catalog.setval('public.forecasts_id_seq', 1, false);
SELECT pg_catalog.setval('public.form_links_id_seq', 1, false);
SELECT pg_catalog.setval('public.hub_subscriptions_id_seq', 1, false);
SELECT pg_catalog.setval('public.inbox_decisions_id_seq', 1, false);
SELECT pg_catalog.setval('public.incident_stories_id_seq', 1, false);
SELECT pg_catalog.setval('public.incident_tasks_id_seq', 1, false);
SELECT pg_catalog.setval('public.incidents_id_seq', 1, false);
SELECT pg_catalog.setval('public.invitations_id_seq', 1, false);
SELECT pg_catalog.setval('public.item_pictures_id_seq', 1, false);
SELECT pg_catalog.setval('public.items_id_seq', 1, false);
SELECT pg_catalog.setval('public.leads_id_seq', 1, false);
SELECT pg_catalog.setval('public.matters_id_seq', 1, false);
SELECT pg_catalog.setval('public.notices_id_seq', 1, false);
SELECT pg_catalog.setval('public.one_time_links_id_seq', 1, false);
SELECT pg_catalog.setval('public.open_days_id_seq', 1, false);
SELECT pg_catalog.setval('public.overseer_keys_id_seq', 1, false);
SELECT pg_catalog.setval('public.passkeys_id_seq', 1, false);
SELECT pg_catalog.setval('public.people_id_seq', 1, false);
SELECT pg_catalog.setval('public.press_questions_id_seq', 1, false);
SELECT pg_catalog.setval('public.publications_id_seq', 1, false);
SELECT pg_catalog.setval('public.quarantined_id_seq', 1, false);
SELECT pg_catalog.setval('public.question_samples_id_seq', 1, false);
SELECT pg_catalog.setval('public.questions_id_seq', 1, false);
SELECT pg_catalog.setval('public.reply_texts_id_seq', 1, false);
SELECT pg_catalog.setval('public.reports_id_seq', 1, false);
SELECT pg_catalog.setval('public.roles_held_id_seq', 1, false);
SELECT pg_catalog.setval('public.room_seats_id_seq', 1, false);
SELECT pg_catalog.setval('public.rooms_id_seq', 1, false);
SELECT pg_catalog.setval('public.sealed_answers_id_seq', 1, false);
SELECT pg_catalog.setval('public.shared_lines_id_seq', 1, false);
SELECT pg_catalog.setval('public.signals_id_seq', 1, false);
SELECT pg_catalog.setval('public.source_alarms_id_seq', 1, false);
SELECT pg_catalog.setval('public.sources_id_seq', 1, false);
SELECT pg_catalog.setval('public.spare_codes_id_seq', 1, false);
SELECT pg_catalog.setval('public.statement_versions_id_seq', 1, false);
SELECT pg_catalog.setval('public.statements_id_seq', 1, false);
SELECT pg_catalog.setval('public.stories_id_seq', 1, false);
SELECT pg_catalog.setval('public.story_edits_id_seq', 1, false);
SELECT pg_catalog.setval('public.story_links_id_seq', 1, false);
SELECT pg_catalog.setval('public.story_merges_id_seq', 1, false);
SELECT pg_catalog.setval('public.submission_files_id_seq', 1, false);
SELECT pg_catalog.setval('public.subscription_letters_id_seq', 1, false);
SELECT pg_catalog.setval('public.supervision_id_seq', 1, false);
SELECT pg_catalog.setval('public.threads_id_seq', 1, false);
SELECT pg_catalog.setval('public.timeline_id_seq', 1, false);
SELECT pg_catalog.setval('public.units_id_seq', 1, false);
SELECT pg_catalog.setval('public.units_told_id_seq', 1, false);
SELECT pg_catalog.setval('public.voice_replies_id_seq', 1, false);
SELECT pg_catalog.setval('public.voices_id_seq', 1, false);
SELECT pg_catalog.setval('public.ways_id_seq', 1, false);
SELECT pg_catalog.setval('public.wordings_id_seq', 1, false);
ALTER TABLE ONLY public.advice_choices
    ADD CONSTRAINT advice_choices_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.advice
    ADD CONSTRAINT advice_once UNIQUE (story_id, hour);
ALTER TABLE ONLY public.advice
    ADD CONSTRAINT advice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.alert_rules
    ADD CONSTRAINT alert_rules_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.answer_askers
    ADD CONSTRAINT answer_askers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.answer_links
    ADD CONSTRAINT answer_case_once UNIQUE (answer_id, case_id);
ALTER TABLE ONLY public.answer_disputes
    ADD CONSTRAINT answer_disputes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.answer_disputes
    ADD CONSTRAINT answer_disputes_token_key UNIQUE (token);
ALTER TABLE ONLY public.answer_documents
    ADD CONSTRAINT answer_documents_pkey PRIMARY KEY (sha256);
ALTER TABLE ONLY public.answer_links
    ADD CONSTRAINT answer_links_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.answer_notices
    ADD CONSTRAINT answer_notices_key_key UNIQUE (key);
ALTER TABLE ONLY public.answer_notices
    ADD CONSTRAINT answer_notices_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.answer_links
    ADD CONSTRAINT answer_story_once UNIQUE (answer_id, story_id);
ALTER TABLE ONLY public.answer_votes
    ADD CONSTRAINT answer_votes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_statement_id_key UNIQUE (statement_id);
ALTER TABLE ONLY public.asker_contacts
    ADD CONSTRAINT asker_contacts_pkey PRIMARY KEY (asker);
ALTER TABLE ONLY public.answer_askers
    ADD CONSTRAINT asker_once UNIQUE (answer_id, message_id);
ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessment_once UNIQUE (room_id, person_id);
ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.backlog
    ADD CONSTRAINT backlog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.call_orders
    ADD CONSTRAINT call_orders_pkey PRIMARY KEY (unit_id);
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_alert_id_key UNIQUE (alert_id);
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_departure_id_key UNIQUE (departure_id);
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_escalation_id_key UNIQUE (escalation_id);
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_owed_id_key UNIQUE (owed_id);
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_room_id_key UNIQUE (room_id);
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_told_id_key UNIQUE (told_id);
ALTER TABLE ONLY public.case_answers
    ADD CONSTRAINT case_answer_once UNIQUE (case_id, round);
ALTER TABLE ONLY public.case_answers
    ADD CONSTRAINT case_answers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_contests
    ADD CONSTRAINT case_contests_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_legs
    ADD CONSTRAINT case_legs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_letters
    ADD CONSTRAINT case_letter_once UNIQUE (message_id, what, about);
ALTER TABLE ONLY public.case_letters
    ADD CONSTRAINT case_letters_mark_key UNIQUE (mark);
ALTER TABLE ONLY public.case_letters
    ADD CONSTRAINT case_letters_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_messages
    ADD CONSTRAINT case_messages_item_key UNIQUE (item);
ALTER TABLE ONLY public.case_messages
    ADD CONSTRAINT case_messages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_messages
    ADD CONSTRAINT case_messages_submission_id_key UNIQUE (submission_id);
ALTER TABLE ONLY public.case_pauses
    ADD CONSTRAINT case_pauses_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_ratings
    ADD CONSTRAINT case_ratings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_steps
    ADD CONSTRAINT case_step_once UNIQUE (case_id, round, step);
ALTER TABLE ONLY public.case_steps
    ADD CONSTRAINT case_steps_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_real_id_key UNIQUE (real_id);
ALTER TABLE ONLY public.claim_weights
    ADD CONSTRAINT claim_weights_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clocks
    ADD CONSTRAINT clocks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.code_apps
    ADD CONSTRAINT code_apps_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.conference_questions
    ADD CONSTRAINT conference_questions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.conferences
    ADD CONSTRAINT conferences_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_contests
    ADD CONSTRAINT contest_once UNIQUE (message_id, round);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_key_key UNIQUE (key);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT delivery_once UNIQUE (version_id, channel_id, language);
ALTER TABLE ONLY public.departures
    ADD CONSTRAINT departures_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.desk_sessions
    ADD CONSTRAINT desk_sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.drills
    ADD CONSTRAINT drills_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_absences
    ADD CONSTRAINT duty_absences_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_notes
    ADD CONSTRAINT duty_notes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_rosters
    ADD CONSTRAINT duty_rosters_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_rotations
    ADD CONSTRAINT duty_rotations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_stand_ins
    ADD CONSTRAINT duty_stand_ins_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.emergency_reports
    ADD CONSTRAINT emergency_once UNIQUE (incident_id, number);
ALTER TABLE ONLY public.emergency_reports
    ADD CONSTRAINT emergency_reports_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.escalations
    ADD CONSTRAINT escalation_once UNIQUE (clock_id, step);
ALTER TABLE ONLY public.escalations
    ADD CONSTRAINT escalations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.file_imports
    ADD CONSTRAINT file_imports_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.forecast_days
    ADD CONSTRAINT forecast_day_once UNIQUE (exercise, day, horizon);
ALTER TABLE ONLY public.forecast_days
    ADD CONSTRAINT forecast_days_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.forecast_learned
    ADD CONSTRAINT forecast_learned_pkey PRIMARY KEY (exercise);
ALTER TABLE ONLY public.forecasts
    ADD CONSTRAINT forecast_once UNIQUE (story_id, horizon, hour);
ALTER TABLE ONLY public.forecasts
    ADD CONSTRAINT forecasts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.form_links
    ADD CONSTRAINT form_links_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.form_links
    ADD CONSTRAINT form_links_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.hub_subscriptions
    ADD CONSTRAINT hub_subscriptions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hub_subscriptions
    ADD CONSTRAINT hub_subscriptions_source_id_key UNIQUE (source_id);
ALTER TABLE ONLY public.hub_subscriptions
    ADD CONSTRAINT hub_subscriptions_token_key UNIQUE (token);
ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identity_once UNIQUE (issuer, subject);
ALTER TABLE ONLY public.inbox_decisions
    ADD CONSTRAINT inbox_decisions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.incident_stories
    ADD CONSTRAINT incident_stories_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.incident_stories
    ADD CONSTRAINT incident_story_once UNIQUE (incident_id, story_id);
ALTER TABLE ONLY public.incident_tasks
    ADD CONSTRAINT incident_tasks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_post_key UNIQUE (post);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.items
    ADD CONSTRAINT item_once UNIQUE (source_id, key);
ALTER TABLE ONLY public.item_pictures
    ADD CONSTRAINT item_pictures_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.item_search
    ADD CONSTRAINT item_search_pkey PRIMARY KEY (item);
ALTER TABLE ONLY public.items
    ADD CONSTRAINT items_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.leads
    ADD CONSTRAINT lead_once UNIQUE (story_id, outlet);
ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ledger_heads
    ADD CONSTRAINT ledger_heads_pkey PRIMARY KEY (day);
ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ledger_salts
    ADD CONSTRAINT ledger_salts_pkey PRIMARY KEY (row_id);
ALTER TABLE ONLY public.matter_names
    ADD CONSTRAINT matter_names_pkey PRIMARY KEY (name, matter_id);
ALTER TABLE ONLY public.matters
    ADD CONSTRAINT matters_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_key_key UNIQUE (key);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.one_time_links
    ADD CONSTRAINT one_time_links_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.one_time_links
    ADD CONSTRAINT one_time_links_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.open_days
    ADD CONSTRAINT open_days_day_key UNIQUE (day);
ALTER TABLE ONLY public.open_days
    ADD CONSTRAINT open_days_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.overseer_keys
    ADD CONSTRAINT overseer_keys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.owed_approvals
    ADD CONSTRAINT owed_approvals_pkey PRIMARY KEY (version_id);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_credential_key UNIQUE (credential);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_login_key UNIQUE (login);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.press_questions
    ADD CONSTRAINT press_questions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.publications
    ADD CONSTRAINT publications_key_key UNIQUE (key);
ALTER TABLE ONLY public.publications
    ADD CONSTRAINT publications_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quarantined
    ADD CONSTRAINT quarantined_once UNIQUE (source_id, key);
ALTER TABLE ONLY public.quarantined
    ADD CONSTRAINT quarantined_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.question_hours
    ADD CONSTRAINT question_hours_pkey PRIMARY KEY (question_id, hour);
ALTER TABLE ONLY public.question_matches
    ADD CONSTRAINT question_matches_pkey PRIMARY KEY (question_id, item);
ALTER TABLE ONLY public.question_samples
    ADD CONSTRAINT question_samples_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.questions
    ADD CONSTRAINT questions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_ratings
    ADD CONSTRAINT rating_once UNIQUE (message_id, round);
ALTER TABLE ONLY public.reaches
    ADD CONSTRAINT reaches_pkey PRIMARY KEY (person_id);
ALTER TABLE ONLY public.reply_texts
    ADD CONSTRAINT reply_texts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT report_once UNIQUE (kind, day, exercise);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.roles_held
    ADD CONSTRAINT role_once UNIQUE (person_id, unit_id, role);
ALTER TABLE ONLY public.roles_held
    ADD CONSTRAINT roles_held_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.room_seats
    ADD CONSTRAINT room_seats_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_alert_id_key UNIQUE (alert_id);
ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_incident_id_key UNIQUE (incident_id);
ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.duty_rosters
    ADD CONSTRAINT roster_once UNIQUE (unit_id, team);
ALTER TABLE ONLY public.sealed_answers
    ADD CONSTRAINT sealed_answers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sealed_reports
    ADD CONSTRAINT sealed_reports_code_key UNIQUE (code);
ALTER TABLE ONLY public.sealed_reports
    ADD CONSTRAINT sealed_reports_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.room_seats
    ADD CONSTRAINT seat_once UNIQUE (room_id, person_id);
ALTER TABLE ONLY public.shared_lines
    ADD CONSTRAINT shared_lines_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sign_in_tries
    ADD CONSTRAINT sign_in_tries_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.signals
    ADD CONSTRAINT signals_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.source_alarms
    ADD CONSTRAINT source_alarms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.source_hours
    ADD CONSTRAINT source_hours_pkey PRIMARY KEY (source_id, hour);
ALTER TABLE ONLY public.sources
    ADD CONSTRAINT source_once UNIQUE (kind, address, exercise);
ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.spare_codes
    ADD CONSTRAINT spare_codes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.statement_signatures
    ADD CONSTRAINT statement_signatures_pkey PRIMARY KEY (version_id);
ALTER TABLE ONLY public.statement_versions
    ADD CONSTRAINT statement_versions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.statements
    ADD CONSTRAINT statements_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stories
    ADD CONSTRAINT stories_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.story_edits
    ADD CONSTRAINT story_edits_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.story_facts
    ADD CONSTRAINT story_facts_pkey PRIMARY KEY (story_id, kind);
ALTER TABLE ONLY public.story_hours
    ADD CONSTRAINT story_hours_pkey PRIMARY KEY (story_id, hour);
ALTER TABLE ONLY public.story_links
    ADD CONSTRAINT story_links_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.story_looks
    ADD CONSTRAINT story_looks_pkey PRIMARY KEY (person_id, story_id);
ALTER TABLE ONLY public.story_merges
    ADD CONSTRAINT story_merges_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.submission_contacts
    ADD CONSTRAINT submission_contacts_pkey PRIMARY KEY (submission);
ALTER TABLE ONLY public.submission_files
    ADD CONSTRAINT submission_file_number UNIQUE (submission_id, number);
ALTER TABLE ONLY public.submission_files
    ADD CONSTRAINT submission_files_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_code_key UNIQUE (code);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_token_key UNIQUE (token);
ALTER TABLE ONLY public.subscription_letters
    ADD CONSTRAINT subscription_letter_once UNIQUE (subscription_id, delivery_id);
ALTER TABLE ONLY public.subscription_letters
    ADD CONSTRAINT subscription_letters_key_key UNIQUE (key);
ALTER TABLE ONLY public.subscription_letters
    ADD CONSTRAINT subscription_letters_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_clock_id_key UNIQUE (clock_id);
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_contest_id_key UNIQUE (contest_id);
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_owed_id_key UNIQUE (owed_id);
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_step_id_key UNIQUE (step_id);
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_told_id_key UNIQUE (told_id);
ALTER TABLE ONLY public.threads
    ADD CONSTRAINT threads_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.timeline
    ADD CONSTRAINT timeline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.answer_notices
    ADD CONSTRAINT told_once UNIQUE (asker_id, version_id);
ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstone_once UNIQUE (source_id, key);
ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_pkey PRIMARY KEY (item);
ALTER TABLE ONLY public.unit_calendars
    ADD CONSTRAINT unit_calendars_pkey PRIMARY KEY (unit_id);
ALTER TABLE ONLY public.units
    ADD CONSTRAINT units_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.units_told
    ADD CONSTRAINT units_told_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.statement_versions
    ADD CONSTRAINT version_once UNIQUE (statement_id, number);
ALTER TABLE ONLY public.voice_replies
    ADD CONSTRAINT voice_replies_link_key UNIQUE (link);
ALTER TABLE ONLY public.voice_replies
    ADD CONSTRAINT voice_replies_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.voices
    ADD CONSTRAINT voices_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.answer_votes
    ADD CONSTRAINT vote_once UNIQUE (answer_id, voter);
ALTER TABLE ONLY public.ways
    ADD CONSTRAINT ways_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wordings
    ADD CONSTRAINT wording_once UNIQUE (version_id, form, language);
ALTER TABLE ONLY public.wordings
    ADD CONSTRAINT wordings_pkey PRIMARY KEY (id);
CREATE INDEX advice_choices_advice_id_993f373f ON public.advice_choices USING btree (advice_id);
CREATE INDEX advice_choices_chosen_by_id_06f0ffa4 ON public.advice_choices USING btree (chosen_by_id);
CREATE INDEX advice_hour ON public.advice USING btree (exercise, hour);
CREATE INDEX advice_story_id_7ad3df1f ON public.advice USING btree (story_id);
CREATE UNIQUE INDEX alert_one_open ON public.alerts USING btree (story_id) WHERE ((state)::text = 'open'::text);
CREATE INDEX alert_rules_changed_by_id_40a4772a ON public.alert_rules USING btree (changed_by_id);
CREATE INDEX alerts_decided_by_id_7ace203a ON public.alerts USING btree (decided_by_id);
CREATE INDEX alerts_raised_at_4c9ad3f1 ON public.alerts USING btree (raised_at);
CREATE INDEX alerts_signal_id_b69f4030 ON public.alerts USING btree (signal_id);
CREATE INDEX alerts_story_id_2a040e4b ON public.alerts USING btree (story_id);
CREATE INDEX answer_askers_answer_id_1500efc5 ON public.answer_askers USING btree (answer_id);
CREATE INDEX answer_askers_message_id_e4a42d48 ON public.answer_askers USING btree (message_id);
CREATE INDEX answer_disputes_answer_id_c3d6750c ON public.answer_disputes USING btree (answer_id);
CREATE INDEX answer_disputes_due_at_c789dc33 ON public.answer_disputes USING btree (due_at);
CREATE INDEX answer_disputes_reviewer_id_3b7f5862 ON public.answer_disputes USING btree (reviewer_id);
CREATE INDEX answer_documents_answer_id_b422a4de ON public.answer_documents USING btree (answer_id);
CREATE INDEX answer_documents_sha256_d28dfee9_like ON public.answer_documents USING btree (sha256 varchar_pattern_ops);
CREATE INDEX answer_documents_stored_by_id_76d4f74e ON public.answer_documents USING btree (stored_by_id);
CREATE INDEX answer_links_answer_id_0b255aa9 ON public.answer_links USING btree (answer_id);
CREATE INDEX answer_links_by_id_4b85306b ON public.answer_links USING btree (by_id);
CREATE INDEX answer_links_case_id_41089768 ON public.answer_links USING btree (case_id);
CREATE INDEX answer_links_story_id_a15ea8c2 ON public.answer_links USING btree (story_id);
CREATE INDEX answer_notice_due ON public.answer_notices USING btree (due_at) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));
CREATE INDEX answer_notices_asker_id_66c9528a ON public.answer_notices USING btree (asker_id);
CREATE INDEX answer_notices_key_f2de6341_like ON public.answer_notices USING btree (key varchar_pattern_ops);
CREATE INDEX answer_notices_version_id_ec42c238 ON public.answer_notices USING btree (version_id);
CREATE INDEX answer_to_tell ON public.case_answers USING btree (sent_at) WHERE ((NOT brought_in) AND (sent_at IS NOT NULL) AND (told_at IS NULL));
CREATE INDEX answer_votes_answer_id_accaa921 ON public.answer_votes USING btree (answer_id);
CREATE INDEX answers_due_at_03630c84 ON public.answers USING btree (due_at);
CREATE INDEX answers_opened_by_id_4be05e15 ON public.answers USING btree (opened_by_id);
CREATE INDEX answers_owner_id_f615ae03 ON public.answers USING btree (owner_id);
CREATE INDEX answers_unit_id_208e82fb ON public.answers USING btree (unit_id);
CREATE INDEX asker_contacts_erase_at_a4319328 ON public.asker_contacts USING btree (erase_at);
CREATE INDEX asker_of ON public.answer_askers USING btree (answer_id, id);
CREATE INDEX assessments_person_id_2efcfac8 ON public.assessments USING btree (person_id);
CREATE INDEX assessments_room_id_59d7d56c ON public.assessments USING btree (room_id);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX call_open ON public.calls USING btree (id) WHERE (ended_at IS NULL);
CREATE INDEX calls_answered_by_id_61b85bbb ON public.calls USING btree (answered_by_id);
CREATE INDEX calls_due_at_b7685ac6 ON public.calls USING btree (due_at);
CREATE INDEX calls_unit_id_de2f8a2a ON public.calls USING btree (unit_id);
CREATE INDEX case_answers_bank_id_e73fa715 ON public.case_answers USING btree (bank_id);
CREATE INDEX case_answers_case_id_b5559af5 ON public.case_answers USING btree (case_id);
CREATE INDEX case_answers_sent_by_id_4f211140 ON public.case_answers USING btree (sent_by_id);
CREATE INDEX case_answers_voice_id_439909c1 ON public.case_answers USING btree (voice_id);
CREATE INDEX case_answers_written_by_id_d61249a1 ON public.case_answers USING btree (written_by_id);
CREATE INDEX case_came ON public.cases USING btree (collected_at);
CREATE INDEX case_contests_case_id_ca542de6 ON public.case_contests USING btree (case_id);
CREATE INDEX case_contests_message_id_4199e543 ON public.case_contests USING btree (message_id);
CREATE INDEX case_contests_settled_by_id_8900077a ON public.case_contests USING btree (settled_by_id);
CREATE INDEX case_contests_voice_id_51ca4be8 ON public.case_contests USING btree (voice_id);
CREATE INDEX case_events_actor_id_fc520c5a ON public.case_events USING btree (actor_id);
CREATE INDEX case_events_case_id_91cdf936 ON public.case_events USING btree (case_id);
CREATE INDEX case_heat ON public.cases USING btree (heat DESC);
CREATE INDEX case_legs_case_id_e3f461f7 ON public.case_legs USING btree (case_id);
CREATE INDEX case_legs_unit_id_6f722b14 ON public.case_legs USING btree (unit_id);
CREATE INDEX case_letters_mark_d06072df_like ON public.case_letters USING btree (mark varchar_pattern_ops);
CREATE INDEX case_letters_message_id_d8024115 ON public.case_letters USING btree (message_id);
CREATE INDEX case_lists ON public.cases USING btree (stage, unit_id, due_at, collected_at);
CREATE INDEX case_messages_case_id_187133b0 ON public.case_messages USING btree (case_id);
CREATE INDEX case_messages_follows_id_537f74a3 ON public.case_messages USING btree (follows_id);
CREATE INDEX case_messages_words_key_f762c5f8 ON public.case_messages USING btree (words_key);
CREATE INDEX case_pauses_case_id_d9f785d3 ON public.case_pauses USING btree (case_id);
CREATE INDEX case_public ON public.cases USING btree (public_at) WHERE (public_at IS NOT NULL);
CREATE INDEX case_ratings_case_id_99e239d5 ON public.case_ratings USING btree (case_id);
CREATE INDEX case_ratings_message_id_c452f06d ON public.case_ratings USING btree (message_id);
CREATE INDEX case_ratings_recorded_by_id_17bff2b6 ON public.case_ratings USING btree (recorded_by_id);
CREATE INDEX case_same ON public.cases USING btree (same_as) WHERE (same_as IS NOT NULL);
CREATE INDEX case_step_to_tell ON public.case_steps USING btree (at) WHERE (((step)::text = 'head'::text) AND (told_at IS NULL));
CREATE INDEX case_steps_case_id_c9ea89a2 ON public.case_steps USING btree (case_id);
CREATE INDEX cases_due_at_9174ff18 ON public.cases USING btree (due_at);
CREATE INDEX cases_handler_id_72349df2 ON public.cases USING btree (handler_id);
CREATE INDEX cases_look_at_e94a3797 ON public.cases USING btree (look_at);
CREATE INDEX cases_merged_into_id_1a98e437 ON public.cases USING btree (merged_into_id);
CREATE INDEX cases_proposed_id_0e82329e ON public.cases USING btree (proposed_id);
CREATE INDEX cases_public_voice_id_4924c892 ON public.cases USING btree (public_voice_id);
CREATE INDEX cases_unit_id_13f2c982 ON public.cases USING btree (unit_id);
CREATE INDEX channels_unit_id_0c5557ab ON public.channels USING btree (unit_id);
CREATE UNIQUE INDEX checklist_once ON public.incident_tasks USING btree (incident_id, code) WHERE (NOT ((code)::text = ''::text));
CREATE INDEX claim_weights_changed_by_id_5cc23265 ON public.claim_weights USING btree (changed_by_id);
CREATE UNIQUE INDEX clock_once ON public.clocks USING btree (incident_id, kind) WHERE (NOT ((kind)::text = 'next_word'::text));
CREATE INDEX clocks_due_at_396a0c8c ON public.clocks USING btree (due_at);
CREATE INDEX clocks_escalate_at_2b2f2350 ON public.clocks USING btree (escalate_at);
CREATE INDEX clocks_explained_by_id_bf21b47b ON public.clocks USING btree (explained_by_id);
CREATE INDEX clocks_incident_id_47514dd9 ON public.clocks USING btree (incident_id);
CREATE UNIQUE INDEX conference_one_planned ON public.conferences USING btree (incident_id) WHERE ((held_at IS NULL) AND (off_at IS NULL));
CREATE INDEX conference_questions_answered_by_id_d51fb3c8 ON public.conference_questions USING btree (answered_by_id);
CREATE INDEX conference_questions_incident_id_6678ed4e ON public.conference_questions USING btree (incident_id);
CREATE INDEX conference_questions_made_by_id_3c01437a ON public.conference_questions USING btree (made_by_id);
CREATE INDEX conferences_incident_id_5d025a00 ON public.conferences USING btree (incident_id);
CREATE INDEX conferences_planned_by_id_a1932d63 ON public.conferences USING btree (planned_by_id);
CREATE INDEX conferences_voice_id_7726cd77 ON public.conferences USING btree (voice_id);
CREATE INDEX contest_to_tell ON public.case_contests USING btree (settled_at) WHERE (told_at IS NULL);
CREATE INDEX deliveries_channel_id_6140706e ON public.deliveries USING btree (channel_id);
CREATE INDEX deliveries_key_16ab590d_like ON public.deliveries USING btree (key varchar_pattern_ops);
CREATE INDEX deliveries_posted_by_id_09a5761f ON public.deliveries USING btree (posted_by_id);
CREATE INDEX deliveries_version_id_973ec92a ON public.deliveries USING btree (version_id);
CREATE INDEX deliveries_voice_id_7ddfe24e ON public.deliveries USING btree (voice_id);
CREATE INDEX delivery_due ON public.deliveries USING btree (due_at) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));
CREATE INDEX delivery_made ON public.deliveries USING btree (made_at);
CREATE UNIQUE INDEX departure_one_open ON public.departures USING btree (version_id) WHERE ((dropped_at IS NULL) AND (gone_at IS NULL));
CREATE INDEX departures_by_id_1587c0ce ON public.departures USING btree (by_id);
CREATE INDEX departures_due_at_02b4e456 ON public.departures USING btree (due_at);
CREATE INDEX departures_version_id_61061bbb ON public.departures USING btree (version_id);
CREATE INDEX desk_sessions_key_c8a03974 ON public.desk_sessions USING btree (key);
CREATE INDEX desk_sessions_key_c8a03974_like ON public.desk_sessions USING btree (key varchar_pattern_ops);
CREATE INDEX desk_sessions_person_id_8079f43c ON public.desk_sessions USING btree (person_id);
CREATE UNIQUE INDEX dispute_one_open ON public.disputes USING btree (incident_id) WHERE (settled_at IS NULL);
CREATE INDEX disputes_due_at_ed9c663b ON public.disputes USING btree (due_at);
CREATE INDEX disputes_incident_id_b3b4593a ON public.disputes USING btree (incident_id);
CREATE INDEX disputes_judge_id_68eef9ac ON public.disputes USING btree (judge_id);
CREATE INDEX disputes_proposed_id_84f2ddeb ON public.disputes USING btree (proposed_id);
CREATE INDEX disputes_raised_by_id_be23c752 ON public.disputes USING btree (raised_by_id);
CREATE INDEX disputes_settled_by_id_375731e9 ON public.disputes USING btree (settled_by_id);
CREATE INDEX disputes_unit_id_aebf4e3c ON public.disputes USING btree (unit_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX drills_source_id_9880688e ON public.drills USING btree (source_id);
CREATE INDEX duty_absences_person_id_601f1801 ON public.duty_absences USING btree (person_id);
CREATE INDEX duty_notes_roster_id_ba294c19 ON public.duty_notes USING btree (roster_id);
CREATE INDEX duty_notes_taken_by_id_f5fd83be ON public.duty_notes USING btree (taken_by_id);
CREATE INDEX duty_notes_written_by_id_847f282e ON public.duty_notes USING btree (written_by_id);
CREATE INDEX duty_rosters_unit_id_08d91389 ON public.duty_rosters USING btree (unit_id);
CREATE INDEX duty_rotations_roster_id_1cebfe3d ON public.duty_rotations USING btree (roster_id);
CREATE INDEX duty_stand_ins_instead_of_id_e1798dba ON public.duty_stand_ins USING btree (instead_of_id);
CREATE INDEX duty_stand_ins_person_id_63ff5912 ON public.duty_stand_ins USING btree (person_id);
CREATE INDEX duty_stand_ins_roster_id_d15d63e7 ON public.duty_stand_ins USING btree (roster_id);
CREATE INDEX emergency_reports_built_by_id_91cd9e53 ON public.emergency_reports USING btree (built_by_id);
CREATE INDEX emergency_reports_incident_id_9365c37c ON public.emergency_reports USING btree (incident_id);
CREATE INDEX escalations_clock_id_8489455f ON public.escalations USING btree (clock_id);
CREATE INDEX escalations_unit_id_5fcf4b4c ON public.escalations USING btree (unit_id);
CREATE INDEX evidence_version_id_b2892ad7 ON public.evidence USING btree (version_id);
CREATE INDEX file_import_open ON public.file_imports USING btree (id) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'running'::character varying])::text[]));
CREATE INDEX file_imports_asked_by_id_ab52103b ON public.file_imports USING btree (asked_by_id);
CREATE INDEX file_imports_source_id_3f6cf3e8 ON public.file_imports USING btree (source_id);
CREATE INDEX forecast_due ON public.forecasts USING btree (exercise, due) WHERE (observed IS NULL);
CREATE INDEX form_links_made_by_id_f53e76dd ON public.form_links USING btree (made_by_id);
CREATE INDEX form_links_slug_17a95b4a_like ON public.form_links USING btree (slug varchar_pattern_ops);
CREATE INDEX form_links_unit_id_4e15fe90 ON public.form_links USING btree (unit_id);
CREATE INDEX hub_subscriptions_token_4cdce28c_like ON public.hub_subscriptions USING btree (token varchar_pattern_ops);
CREATE UNIQUE INDEX inbox_decided_once ON public.inbox_decisions USING btree (thread_id) WHERE (undone_at IS NULL);
CREATE INDEX inbox_decisions_decided_by_id_c34c34e6 ON public.inbox_decisions USING btree (decided_by_id);
CREATE INDEX inbox_decisions_incident_id_dd4f09fc ON public.inbox_decisions USING btree (incident_id);
CREATE INDEX inbox_decisions_thread_id_d635f69f ON public.inbox_decisions USING btree (thread_id);
CREATE INDEX inbox_decisions_unit_id_dd90e799 ON public.inbox_decisions USING btree (unit_id);
CREATE INDEX incident_stories_alert_id_454cca37 ON public.incident_stories USING btree (alert_id);
CREATE INDEX incident_stories_incident_id_c6080cd5 ON public.incident_stories USING btree (incident_id);
CREATE INDEX incident_stories_story_id_929dcbe5 ON public.incident_stories USING btree (story_id);
CREATE INDEX incident_tasks_done_by_id_cd023238 ON public.incident_tasks USING btree (done_by_id);
CREATE INDEX incident_tasks_incident_id_26e34058 ON public.incident_tasks USING btree (incident_id);
CREATE INDEX incident_tasks_made_by_id_82bdb810 ON public.incident_tasks USING btree (made_by_id);
CREATE INDEX incident_tasks_person_id_13197995 ON public.incident_tasks USING btree (person_id);
CREATE INDEX incidents_opened_by_id_fa0dfd95 ON public.incidents USING btree (opened_by_id);
CREATE INDEX incidents_owner_id_12e71d55 ON public.incidents USING btree (owner_id);
CREATE INDEX incidents_unit_id_3042aa67 ON public.incidents USING btree (unit_id);
CREATE INDEX invitation_due ON public.invitations USING btree (due_at) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));
CREATE INDEX invitations_by_id_242f9e8d ON public.invitations USING btree (by_id);
CREATE INDEX invitations_channel_id_471800c7 ON public.invitations USING btree (channel_id);
CREATE INDEX invitations_slug_e4416a0c_like ON public.invitations USING btree (slug varchar_pattern_ops);
CREATE INDEX invitations_story_id_c84bbdbd ON public.invitations USING btree (story_id);
CREATE INDEX invitations_text_id_bcbd0e85 ON public.invitations USING btree (text_id);
CREATE INDEX invitations_unit_id_ab46eacc ON public.invitations USING btree (unit_id);
CREATE INDEX invitations_voice_id_e8b86ce9 ON public.invitations USING btree (voice_id);
CREATE INDEX item_liked ON public.items USING btree (thread_id, likes) WHERE (likes > 0);
CREATE INDEX item_link ON public.items USING btree (link_key) WHERE (link_key IS NOT NULL);
CREATE INDEX item_pending ON public.items USING btree (exercise, id) WHERE (thread_id IS NULL);
CREATE INDEX item_pictures_item_7afba56b ON public.item_pictures USING btree (item);
CREATE INDEX item_search_words ON public.item_search USING gin (words);
CREATE INDEX item_source_heard ON public.items USING btree (source_id, heard);
CREATE INDEX item_thread ON public.items USING btree (thread_id, published);
CREATE INDEX item_time ON public.items USING btree (exercise, published);
CREATE INDEX leads_by_id_7b54439d ON public.leads USING btree (by_id);
CREATE INDEX leads_story_id_aa22fed1 ON public.leads USING btree (story_id);
CREATE INDEX letter_due ON public.case_letters USING btree (due_at) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));
CREATE INDEX matter_live ON public.matters USING btree (exercise, last_seen) WHERE (merged_into_id IS NULL);
CREATE INDEX matter_names_matter_id_49f92083 ON public.matter_names USING btree (matter_id);
CREATE INDEX matters_merged_into_id_0780e1d7 ON public.matters USING btree (merged_into_id);
CREATE INDEX notice_due ON public.notices USING btree (due_at) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));
CREATE INDEX notice_made ON public.notices USING btree (made_at);
CREATE INDEX notices_call_id_05643365 ON public.notices USING btree (call_id);
CREATE INDEX notices_key_61c19d32_like ON public.notices USING btree (key varchar_pattern_ops);
CREATE INDEX notices_person_id_d82e64f2 ON public.notices USING btree (person_id);
CREATE INDEX notices_way_id_996d7f51 ON public.notices USING btree (way_id);
CREATE UNIQUE INDEX one_open_pause_a_case ON public.case_pauses USING btree (case_id) WHERE (until IS NULL);
CREATE INDEX one_time_links_person_id_886e45b1 ON public.one_time_links USING btree (person_id);
CREATE INDEX one_time_links_token_hash_461d3aa6_like ON public.one_time_links USING btree (token_hash varchar_pattern_ops);
CREATE INDEX overseer_keys_set_by_id_6db793cd ON public.overseer_keys USING btree (set_by_id);
CREATE INDEX owed_approvals_alone_by_id_baf783b6 ON public.owed_approvals USING btree (alone_by_id);
CREATE INDEX owed_approvals_due_at_01550a61 ON public.owed_approvals USING btree (due_at);
CREATE INDEX owed_approvals_settled_by_id_992e3f76 ON public.owed_approvals USING btree (settled_by_id);
CREATE INDEX passkeys_credential_7879475b_like ON public.passkeys USING btree (credential varchar_pattern_ops);
CREATE INDEX passkeys_person_id_f7c851fe ON public.passkeys USING btree (person_id);
CREATE INDEX people_login_7b887090_like ON public.people USING btree (login varchar_pattern_ops);
CREATE INDEX people_unit_id_0b62e000 ON public.people USING btree (unit_id);
CREATE INDEX press_questions_added_by_id_fead0f58 ON public.press_questions USING btree (added_by_id);
CREATE INDEX press_questions_answer_id_78322b29 ON public.press_questions USING btree (answer_id);
CREATE INDEX press_questions_answered_by_id_7d4e8372 ON public.press_questions USING btree (answered_by_id);
CREATE INDEX press_questions_due_at_ebcd4e20 ON public.press_questions USING btree (due_at);
CREATE INDEX press_questions_story_id_3ce874cd ON public.press_questions USING btree (story_id);
CREATE INDEX press_questions_unit_id_82e571ab ON public.press_questions USING btree (unit_id);
CREATE INDEX publications_key_7cd251f0_like ON public.publications USING btree (key varchar_pattern_ops);
CREATE INDEX publications_version_id_df07fd2f ON public.publications USING btree (version_id);
CREATE INDEX quarantined_asked ON public.quarantined USING btree (id) WHERE ((state)::text = ANY ((ARRAY['again'::character varying, 'discard'::character varying])::text[]));
CREATE INDEX quarantined_decided_by_id_8de74585 ON public.quarantined USING btree (decided_by_id);
CREATE INDEX quarantined_item_b80b6d5d ON public.quarantined USING btree (item);
CREATE INDEX quarantined_source_id_b985bac6 ON public.quarantined USING btree (source_id);
CREATE INDEX question_match_item ON public.question_matches USING btree (item);
CREATE INDEX question_match_time ON public.question_matches USING btree (question_id, published);
CREATE UNIQUE INDEX question_one_open_sample ON public.question_samples USING btree (question_id) WHERE (done_at IS NULL);
CREATE INDEX question_samples_done_by_id_ea50231e ON public.question_samples USING btree (done_by_id);
CREATE INDEX question_samples_due_at_f3935c8d ON public.question_samples USING btree (due_at);
CREATE INDEX question_samples_question_id_af2b4eed ON public.question_samples USING btree (question_id);
CREATE INDEX questions_changed_by_id_b72869ed ON public.questions USING btree (changed_by_id);
CREATE INDEX questions_created_by_id_9672a6d2 ON public.questions USING btree (created_by_id);
CREATE INDEX questions_unit_id_c80e1476 ON public.questions USING btree (unit_id);
CREATE INDEX reply_texts_approved_by_id_bedd2b23 ON public.reply_texts USING btree (approved_by_id);
CREATE INDEX reply_texts_unit_id_8fea4575 ON public.reply_texts USING btree (unit_id);
CREATE INDEX reply_texts_written_by_id_5c9b3190 ON public.reply_texts USING btree (written_by_id);
CREATE INDEX roles_held_person_id_0edee276 ON public.roles_held USING btree (person_id);
CREATE INDEX roles_held_unit_id_d162104d ON public.roles_held USING btree (unit_id);
CREATE INDEX room_seats_person_id_aab660cc ON public.room_seats USING btree (person_id);
CREATE INDEX room_seats_room_id_ef455d7f ON public.room_seats USING btree (room_id);
CREATE INDEX rooms_decided_by_id_e363aa15 ON public.rooms USING btree (decided_by_id);
CREATE INDEX rooms_opened_by_id_1e58ece9 ON public.rooms USING btree (opened_by_id);
CREATE INDEX rooms_unit_id_519b37e8 ON public.rooms USING btree (unit_id);
CREATE INDEX sealed_answers_report_id_9778cc9f ON public.sealed_answers USING btree (report_id);
CREATE INDEX sealed_reports_key_id_b0e9d22a ON public.sealed_reports USING btree (key_id);
CREATE INDEX sealed_reports_touched_at_8d167416 ON public.sealed_reports USING btree (touched_at);
CREATE INDEX shared_lines_approved_by_id_43042bb1 ON public.shared_lines USING btree (approved_by_id);
CREATE INDEX shared_lines_incident_id_8d1cae95 ON public.shared_lines USING btree (incident_id);
CREATE INDEX shared_lines_written_by_id_d1b2134b ON public.shared_lines USING btree (written_by_id);
CREATE INDEX sign_in_tries_key_78972026_like ON public.sign_in_tries USING btree (key varchar_pattern_ops);
CREATE INDEX sign_in_tries_since_f5033168 ON public.sign_in_tries USING btree (since);
CREATE INDEX signal_kept ON public.signals USING btree (kept_at);
CREATE INDEX signals_alert_id_6d097fa3 ON public.signals USING btree (alert_id);
CREATE INDEX signals_story_id_3ed52daa ON public.signals USING btree (story_id);
CREATE UNIQUE INDEX source_alarm_one_open ON public.source_alarms USING btree (source_id) WHERE (ended_at IS NULL);
CREATE INDEX source_alarms_call_id_cd47df20 ON public.source_alarms USING btree (call_id);
CREATE INDEX source_alarms_raised_at_8646831d ON public.source_alarms USING btree (raised_at);
CREATE INDEX source_alarms_source_id_30b303fd ON public.source_alarms USING btree (source_id);
CREATE INDEX sources_next_try_at_d70e13ea ON public.sources USING btree (next_try_at);
CREATE INDEX sources_unit_id_d1a4fc01 ON public.sources USING btree (unit_id);
CREATE INDEX spare_codes_person_id_f8cac117 ON public.spare_codes USING btree (person_id);
CREATE INDEX statement_versions_approved_by_id_3fa2842f ON public.statement_versions USING btree (approved_by_id);
CREATE INDEX statement_versions_statement_id_4e5a81da ON public.statement_versions USING btree (statement_id);
CREATE INDEX statement_versions_written_by_id_8f6ae1c5 ON public.statement_versions USING btree (written_by_id);
CREATE INDEX statements_incident_id_6daf5751 ON public.statements USING btree (incident_id);
CREATE INDEX statements_published_id_6e0a4064 ON public.statements USING btree (published_id);
CREATE INDEX statements_unit_id_9581840e ON public.statements USING btree (unit_id);
CREATE INDEX statements_voice_id_a4416652 ON public.statements USING btree (voice_id);
CREATE INDEX stories_matter_id_eb7c3990 ON public.stories USING btree (matter_id);
CREATE INDEX stories_merged_into_id_19bac674 ON public.stories USING btree (merged_into_id);
CREATE INDEX story_edit_waits ON public.story_edits USING btree (exercise, id) WHERE (done_at IS NULL);
CREATE INDEX story_edits_asked_by_id_9a07b684 ON public.story_edits USING btree (asked_by_id);
CREATE INDEX story_edits_made_id_eeb198db ON public.story_edits USING btree (made_id);
CREATE INDEX story_edits_other_id_152a9b3c ON public.story_edits USING btree (other_id);
CREATE INDEX story_edits_story_id_a3922aee ON public.story_edits USING btree (story_id);
CREATE INDEX story_links_thread_a_id_919000d2 ON public.story_links USING btree (thread_a_id);
CREATE INDEX story_links_thread_b_id_efda54ca ON public.story_links USING btree (thread_b_id);
CREATE INDEX story_live ON public.stories USING btree (exercise, last_seen) WHERE (merged_into_id IS NULL);
CREATE INDEX story_looks_story_id_9d02d7f7 ON public.story_looks USING btree (story_id);
CREATE INDEX story_merges_loser_id_e726ab9c ON public.story_merges USING btree (loser_id);
CREATE INDEX story_merges_winner_id_70df454f ON public.story_merges USING btree (winner_id);
CREATE INDEX story_told ON public.stories USING btree (last_seen) WHERE ((items >= 5) AND (merged_into_id IS NULL));
CREATE INDEX submission_came ON public.submissions USING btree (received_at);
CREATE INDEX submission_contacts_erase_at_d7eb7c6a ON public.submission_contacts USING btree (erase_at);
CREATE INDEX submission_files_erase_at_9302de33 ON public.submission_files USING btree (erase_at);
CREATE INDEX submission_files_submission_id_2c35b46f ON public.submission_files USING btree (submission_id);
CREATE INDEX submission_item ON public.submissions USING btree (item_key);
CREATE INDEX submission_leaves ON public.submissions USING btree (source_id) WHERE item_leaves;
CREATE INDEX submission_waits ON public.submissions USING btree (source_id, id) WHERE ((emptied_at IS NULL) AND (handed_at IS NULL));
CREATE INDEX submissions_decided_id_40889a16 ON public.submissions USING btree (decided_id);
CREATE INDEX submissions_read_by_id_972bd1d0 ON public.submissions USING btree (read_by_id);
CREATE INDEX submissions_source_id_f44abf03 ON public.submissions USING btree (source_id);
CREATE INDEX submissions_story_id_8f042c32 ON public.submissions USING btree (story_id);
CREATE INDEX submissions_taken_by_id_0f7879b0 ON public.submissions USING btree (taken_by_id);
CREATE INDEX submissions_through_id_6f278111 ON public.submissions USING btree (through_id);
CREATE INDEX submissions_unit_id_661590d8 ON public.submissions USING btree (unit_id);
CREATE INDEX subscription_letter_due ON public.subscription_letters USING btree (due_at) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));
CREATE INDEX subscription_letters_delivery_id_07ccdad7 ON public.subscription_letters USING btree (delivery_id);
CREATE INDEX subscription_letters_key_8f8366a1_like ON public.subscription_letters USING btree (key varchar_pattern_ops);
CREATE INDEX subscription_letters_subscription_id_40b13ea4 ON public.subscription_letters USING btree (subscription_id);
CREATE INDEX subscriptions_unit_id_1fe6e364 ON public.subscriptions USING btree (unit_id);
CREATE INDEX supervision_explained_by_id_dc5ab533 ON public.supervision USING btree (explained_by_id);
CREATE INDEX supervision_found_by_id_e7ee7b50 ON public.supervision USING btree (found_by_id);
CREATE INDEX thread_active ON public.threads USING btree (exercise) WHERE active;
CREATE INDEX threads_story_id_b783d8d8 ON public.threads USING btree (story_id);
CREATE INDEX timeline_actor_id_ebc2d48d ON public.timeline USING btree (actor_id);
CREATE INDEX timeline_at ON public.timeline USING btree (incident_id, at);
CREATE INDEX timeline_incident_id_86e4a176 ON public.timeline USING btree (incident_id);
CREATE INDEX tombstone_unheard ON public.tombstones USING btree (at) WHERE ((reason)::text = 'unheard'::text);
CREATE INDEX units_parent_id_f958e173 ON public.units USING btree (parent_id);
CREATE INDEX units_path_62bc5039 ON public.units USING btree (path);
CREATE INDEX units_path_62bc5039_like ON public.units USING btree (path varchar_pattern_ops);
CREATE INDEX units_told_due_at_1c75db48 ON public.units_told USING btree (due_at);
CREATE INDEX units_told_incident_id_b201729a ON public.units_told USING btree (incident_id);
CREATE INDEX units_told_received_by_id_cde93018 ON public.units_told USING btree (received_by_id);
CREATE INDEX units_told_told_by_id_57b530ca ON public.units_told USING btree (told_by_id);
CREATE INDEX units_told_unit_id_816cd82b ON public.units_told USING btree (unit_id);
CREATE INDEX voice_replies_by_id_e9a8f9a2 ON public.voice_replies USING btree (by_id);
CREATE INDEX voice_replies_link_5d307fae_like ON public.voice_replies USING btree (link varchar_pattern_ops);
CREATE INDEX voice_replies_statement_id_75f97d69 ON public.voice_replies USING btree (statement_id);
CREATE INDEX voice_replies_voice_id_b0a044a1 ON public.voice_replies USING btree (voice_id);
CREATE INDEX voices_person_id_078939e1 ON public.voices USING btree (person_id);
CREATE INDEX voices_unit_id_d16ae6f5 ON public.voices USING btree (unit_id);
CREATE INDEX ways_person_id_7ff40888 ON public.ways USING btree (person_id);
CREATE INDEX wordings_version_id_8a30b02c ON public.wordings USING btree (version_id);
CREATE TRIGGER channel_side BEFORE UPDATE OF exercise ON public.channels FOR EACH ROW EXECUTE FUNCTION public.channel_side();
CREATE TRIGGER delivery_guard BEFORE INSERT OR UPDATE OF version_id, channel_id, voice_id, exercise ON public.deliveries FOR EACH ROW EXECUTE FUNCTION public.delivery_guard();
CREATE TRIGGER invitation_guard BEFORE INSERT OR UPDATE OF post, item, slug, said, voice_id, channel_id, text_id ON public.invitations FOR EACH ROW EXECUTE FUNCTION public.invitation_guard();
CREATE TRIGGER ledger_append_only BEFORE DELETE OR UPDATE ON public.ledger FOR EACH ROW EXECUTE FUNCTION public.ledger_append_only();
CREATE TRIGGER notice_exercise BEFORE INSERT OR UPDATE ON public.notices FOR EACH ROW EXECUTE FUNCTION public.notice_exercise();
CREATE TRIGGER voice_of_case_answers BEFORE INSERT OR UPDATE OF sent_at, voice_id ON public.case_answers FOR EACH ROW EXECUTE FUNCTION public.voice_of_case_answers();
CREATE TRIGGER voice_of_cases BEFORE INSERT OR UPDATE OF public_at, public_voice_id ON public.cases FOR EACH ROW EXECUTE FUNCTION public.voice_of_cases();
CREATE TRIGGER voice_of_publications BEFORE INSERT ON public.publications FOR EACH ROW EXECUTE FUNCTION public.voice_of_publications();
CREATE TRIGGER voice_of_statements BEFORE INSERT OR UPDATE OF voice_id ON public.statements FOR EACH ROW EXECUTE FUNCTION public.voice_of_statements();
CREATE TRIGGER voice_of_voice_replies BEFORE INSERT OR UPDATE OF voice_id ON public.voice_replies FOR EACH ROW EXECUTE FUNCTION public.voice_of_voice_replies();
ALTER TABLE ONLY public.advice_choices
    ADD CONSTRAINT advice_choices_advice_id_993f373f_fk_advice_id FOREIGN KEY (advice_id) REFERENCES public.advice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.advice_choices
    ADD CONSTRAINT advice_choices_chosen_by_id_06f0ffa4_fk_people_id FOREIGN KEY (chosen_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.advice
    ADD CONSTRAINT advice_story_id_7ad3df1f_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.alert_rules
    ADD CONSTRAINT alert_rules_changed_by_id_40a4772a_fk_people_id FOREIGN KEY (changed_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_decided_by_id_7ace203a_fk_people_id FOREIGN KEY (decided_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_signal_id_b69f4030_fk_signals_id FOREIGN KEY (signal_id) REFERENCES public.signals(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_story_id_2a040e4b_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_askers
    ADD CONSTRAINT answer_askers_answer_id_1500efc5_fk_answers_id FOREIGN KEY (answer_id) REFERENCES public.answers(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_askers
    ADD CONSTRAINT answer_askers_message_id_e4a42d48_fk_case_messages_id FOREIGN KEY (message_id) REFERENCES public.case_messages(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_disputes
    ADD CONSTRAINT answer_disputes_answer_id_c3d6750c_fk_answers_id FOREIGN KEY (answer_id) REFERENCES public.answers(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_disputes
    ADD CONSTRAINT answer_disputes_reviewer_id_3b7f5862_fk_people_id FOREIGN KEY (reviewer_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_documents
    ADD CONSTRAINT answer_documents_answer_id_b422a4de_fk_answers_id FOREIGN KEY (answer_id) REFERENCES public.answers(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_documents
    ADD CONSTRAINT answer_documents_stored_by_id_76d4f74e_fk_people_id FOREIGN KEY (stored_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_links
    ADD CONSTRAINT answer_links_answer_id_0b255aa9_fk_answers_id FOREIGN KEY (answer_id) REFERENCES public.answers(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_links
    ADD CONSTRAINT answer_links_by_id_4b85306b_fk_people_id FOREIGN KEY (by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_links
    ADD CONSTRAINT answer_links_case_id_41089768_fk_cases_id FOREIGN KEY (case_id) REFERENCES public.cases(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_links
    ADD CONSTRAINT answer_links_story_id_a15ea8c2_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_notices
    ADD CONSTRAINT answer_notices_asker_id_66c9528a_fk_answer_askers_id FOREIGN KEY (asker_id) REFERENCES public.answer_askers(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_notices
    ADD CONSTRAINT answer_notices_version_id_ec42c238_fk_statement_versions_id FOREIGN KEY (version_id) REFERENCES public.statement_versions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answer_votes
    ADD CONSTRAINT answer_votes_answer_id_accaa921_fk_answers_id FOREIGN KEY (answer_id) REFERENCES public.answers(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_opened_by_id_4be05e15_fk_people_id FOREIGN KEY (opened_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_owner_id_f615ae03_fk_people_id FOREIGN KEY (owner_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_statement_id_e6b18a34_fk_statements_id FOREIGN KEY (statement_id) REFERENCES public.statements(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_unit_id_208e82fb_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_person_id_2efcfac8_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_room_id_59d7d56c_fk_rooms_id FOREIGN KEY (room_id) REFERENCES public.rooms(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.call_orders
    ADD CONSTRAINT call_orders_unit_id_1b268848_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_alert_id_2e67c4b1_fk_alerts_id FOREIGN KEY (alert_id) REFERENCES public.alerts(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_answered_by_id_61b85bbb_fk_people_id FOREIGN KEY (answered_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_departure_id_9affb5a2_fk_departures_id FOREIGN KEY (departure_id) REFERENCES public.departures(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_escalation_id_4c3eed09_fk_escalations_id FOREIGN KEY (escalation_id) REFERENCES public.escalations(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_owed_id_76518f37_fk_owed_approvals_version_id FOREIGN KEY (owed_id) REFERENCES public.owed_approvals(version_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_room_id_250accd4_fk_rooms_id FOREIGN KEY (room_id) REFERENCES public.rooms(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_told_id_2ec15fc2_fk_units_told_id FOREIGN KEY (told_id) REFERENCES public.units_told(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_unit_id_de2f8a2a_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_answers
    ADD CONSTRAINT case_answers_bank_id_e73fa715_fk_reply_texts_id FOREIGN KEY (bank_id) REFERENCES public.reply_texts(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_answers
    ADD CONSTRAINT case_answers_case_id_b5559af5_fk_cases_id FOREIGN KEY (case_id) REFERENCES public.cases(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_answers
    ADD CONSTRAINT case_answers_sent_by_id_4f211140_fk_people_id FOREIGN KEY (sent_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_answers
    ADD CONSTRAINT case_answers_voice_id_439909c1_fk_voices_id FOREIGN KEY (voice_id) REFERENCES public.voices(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_answers
    ADD CONSTRAINT case_answers_written_by_id_d61249a1_fk_people_id FOREIGN KEY (written_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_contests
    ADD CONSTRAINT case_contests_case_id_ca542de6_fk_cases_id FOREIGN KEY (case_id) REFERENCES public.cases(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_contests
    ADD CONSTRAINT case_contests_message_id_4199e543_fk_case_messages_id FOREIGN KEY (message_id) REFERENCES public.case_messages(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_contests
    ADD CONSTRAINT case_contests_settled_by_id_8900077a_fk_people_id FOREIGN KEY (settled_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_contests
    ADD CONSTRAINT case_contests_voice_id_51ca4be8_fk_voices_id FOREIGN KEY (voice_id) REFERENCES public.voices(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_actor_id_fc520c5a_fk_people_id FOREIGN KEY (actor_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_events
    ADD CONSTRAINT case_events_case_id_91cdf936_fk_cases_id FOREIGN KEY (case_id) REFERENCES public.cases(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_legs
    ADD CONSTRAINT case_legs_case_id_e3f461f7_fk_cases_id FOREIGN KEY (case_id) REFERENCES public.cases(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_legs
    ADD CONSTRAINT case_legs_unit_id_6f722b14_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_letters
    ADD CONSTRAINT case_letters_message_id_d8024115_fk_case_messages_id FOREIGN KEY (message_id) REFERENCES public.case_messages(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_messages
    ADD CONSTRAINT case_messages_case_id_187133b0_fk_cases_id FOREIGN KEY (case_id) REFERENCES public.cases(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_messages
    ADD CONSTRAINT case_messages_follows_id_537f74a3_fk_case_messages_id FOREIGN KEY (follows_id) REFERENCES public.case_messages(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_messages
    ADD CONSTRAINT case_messages_submission_id_d5c31e5b_fk_submissions_id FOREIGN KEY (submission_id) REFERENCES public.submissions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_pauses
    ADD CONSTRAINT case_pauses_case_id_d9f785d3_fk_cases_id FOREIGN KEY (case_id) REFERENCES public.cases(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_ratings
    ADD CONSTRAINT case_ratings_case_id_99e239d5_fk_cases_id FOREIGN KEY (case_id) REFERENCES public.cases(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_ratings
    ADD CONSTRAINT case_ratings_message_id_c452f06d_fk_case_messages_id FOREIGN KEY (message_id) REFERENCES public.case_messages(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_ratings
    ADD CONSTRAINT case_ratings_recorded_by_id_17bff2b6_fk_people_id FOREIGN KEY (recorded_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.case_steps
    ADD CONSTRAINT case_steps_case_id_c9ea89a2_fk_cases_id FOREIGN KEY (case_id) REFERENCES public.cases(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_handler_id_72349df2_fk_people_id FOREIGN KEY (handler_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_merged_into_id_1a98e437_fk_cases_id FOREIGN KEY (merged_into_id) REFERENCES public.cases(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_proposed_id_0e82329e_fk_units_id FOREIGN KEY (proposed_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_public_voice_id_4924c892_fk_voices_id FOREIGN KEY (public_voice_id) REFERENCES public.voices(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_unit_id_13f2c982_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_real_id_2979c65d_fk_channels_id FOREIGN KEY (real_id) REFERENCES public.channels(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels
    ADD CONSTRAINT channels_unit_id_0c5557ab_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claim_weights
    ADD CONSTRAINT claim_weights_changed_by_id_5cc23265_fk_people_id FOREIGN KEY (changed_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.clocks
    ADD CONSTRAINT clocks_explained_by_id_bf21b47b_fk_people_id FOREIGN KEY (explained_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.clocks
    ADD CONSTRAINT clocks_incident_id_47514dd9_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.code_apps
    ADD CONSTRAINT code_apps_person_id_88a86778_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.conference_questions
    ADD CONSTRAINT conference_questions_answered_by_id_d51fb3c8_fk_people_id FOREIGN KEY (answered_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.conference_questions
    ADD CONSTRAINT conference_questions_incident_id_6678ed4e_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.conference_questions
    ADD CONSTRAINT conference_questions_made_by_id_3c01437a_fk_people_id FOREIGN KEY (made_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.conferences
    ADD CONSTRAINT conferences_incident_id_5d025a00_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.conferences
    ADD CONSTRAINT conferences_planned_by_id_a1932d63_fk_people_id FOREIGN KEY (planned_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.conferences
    ADD CONSTRAINT conferences_voice_id_7726cd77_fk_voices_id FOREIGN KEY (voice_id) REFERENCES public.voices(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_channel_id_6140706e_fk_channels_id FOREIGN KEY (channel_id) REFERENCES public.channels(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_posted_by_id_09a5761f_fk_people_id FOREIGN KEY (posted_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_version_id_973ec92a_fk_statement_versions_id FOREIGN KEY (version_id) REFERENCES public.statement_versions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_voice_id_7ddfe24e_fk_voices_id FOREIGN KEY (voice_id) REFERENCES public.voices(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.departures
    ADD CONSTRAINT departures_by_id_1587c0ce_fk_people_id FOREIGN KEY (by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.departures
    ADD CONSTRAINT departures_version_id_61061bbb_fk_statement_versions_id FOREIGN KEY (version_id) REFERENCES public.statement_versions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.desk_sessions
    ADD CONSTRAINT desk_sessions_person_id_8079f43c_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_incident_id_b3b4593a_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_judge_id_68eef9ac_fk_units_id FOREIGN KEY (judge_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_proposed_id_84f2ddeb_fk_units_id FOREIGN KEY (proposed_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_raised_by_id_be23c752_fk_people_id FOREIGN KEY (raised_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_settled_by_id_375731e9_fk_people_id FOREIGN KEY (settled_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.disputes
    ADD CONSTRAINT disputes_unit_id_aebf4e3c_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.drills
    ADD CONSTRAINT drills_source_id_9880688e_fk_sources_id FOREIGN KEY (source_id) REFERENCES public.sources(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_absences
    ADD CONSTRAINT duty_absences_person_id_601f1801_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_notes
    ADD CONSTRAINT duty_notes_roster_id_ba294c19_fk_duty_rosters_id FOREIGN KEY (roster_id) REFERENCES public.duty_rosters(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_notes
    ADD CONSTRAINT duty_notes_taken_by_id_f5fd83be_fk_people_id FOREIGN KEY (taken_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_notes
    ADD CONSTRAINT duty_notes_written_by_id_847f282e_fk_people_id FOREIGN KEY (written_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_rosters
    ADD CONSTRAINT duty_rosters_unit_id_08d91389_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_rotations
    ADD CONSTRAINT duty_rotations_roster_id_1cebfe3d_fk_duty_rosters_id FOREIGN KEY (roster_id) REFERENCES public.duty_rosters(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_stand_ins
    ADD CONSTRAINT duty_stand_ins_instead_of_id_e1798dba_fk_people_id FOREIGN KEY (instead_of_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_stand_ins
    ADD CONSTRAINT duty_stand_ins_person_id_63ff5912_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.duty_stand_ins
    ADD CONSTRAINT duty_stand_ins_roster_id_d15d63e7_fk_duty_rosters_id FOREIGN KEY (roster_id) REFERENCES public.duty_rosters(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.emergency_reports
    ADD CONSTRAINT emergency_reports_built_by_id_91cd9e53_fk_people_id FOREIGN KEY (built_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.emergency_reports
    ADD CONSTRAINT emergency_reports_incident_id_9365c37c_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations
    ADD CONSTRAINT escalations_clock_id_8489455f_fk_clocks_id FOREIGN KEY (clock_id) REFERENCES public.clocks(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.escalations
    ADD CONSTRAINT escalations_unit_id_5fcf4b4c_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_version_id_b2892ad7_fk_statement_versions_id FOREIGN KEY (version_id) REFERENCES public.statement_versions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.file_imports
    ADD CONSTRAINT file_imports_asked_by_id_ab52103b_fk_people_id FOREIGN KEY (asked_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.file_imports
    ADD CONSTRAINT file_imports_source_id_3f6cf3e8_fk_sources_id FOREIGN KEY (source_id) REFERENCES public.sources(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.forecasts
    ADD CONSTRAINT forecasts_story_id_c11e0dff_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.form_links
    ADD CONSTRAINT form_links_made_by_id_f53e76dd_fk_people_id FOREIGN KEY (made_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.form_links
    ADD CONSTRAINT form_links_unit_id_4e15fe90_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.hub_subscriptions
    ADD CONSTRAINT hub_subscriptions_source_id_439473c2_fk_sources_id FOREIGN KEY (source_id) REFERENCES public.sources(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_person_id_ef8e35c2_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inbox_decisions
    ADD CONSTRAINT inbox_decisions_decided_by_id_c34c34e6_fk_people_id FOREIGN KEY (decided_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inbox_decisions
    ADD CONSTRAINT inbox_decisions_incident_id_dd4f09fc_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inbox_decisions
    ADD CONSTRAINT inbox_decisions_thread_id_d635f69f_fk_threads_id FOREIGN KEY (thread_id) REFERENCES public.threads(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.inbox_decisions
    ADD CONSTRAINT inbox_decisions_unit_id_dd90e799_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incident_stories
    ADD CONSTRAINT incident_stories_alert_id_454cca37_fk_alerts_id FOREIGN KEY (alert_id) REFERENCES public.alerts(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incident_stories
    ADD CONSTRAINT incident_stories_incident_id_c6080cd5_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incident_stories
    ADD CONSTRAINT incident_stories_story_id_929dcbe5_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incident_tasks
    ADD CONSTRAINT incident_tasks_done_by_id_cd023238_fk_people_id FOREIGN KEY (done_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incident_tasks
    ADD CONSTRAINT incident_tasks_incident_id_26e34058_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incident_tasks
    ADD CONSTRAINT incident_tasks_made_by_id_82bdb810_fk_people_id FOREIGN KEY (made_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incident_tasks
    ADD CONSTRAINT incident_tasks_person_id_13197995_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_opened_by_id_fa0dfd95_fk_people_id FOREIGN KEY (opened_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_owner_id_12e71d55_fk_people_id FOREIGN KEY (owner_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_unit_id_3042aa67_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_by_id_242f9e8d_fk_people_id FOREIGN KEY (by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_channel_id_471800c7_fk_channels_id FOREIGN KEY (channel_id) REFERENCES public.channels(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_story_id_c84bbdbd_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_text_id_bcbd0e85_fk_reply_texts_id FOREIGN KEY (text_id) REFERENCES public.reply_texts(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_unit_id_ab46eacc_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_voice_id_e8b86ce9_fk_voices_id FOREIGN KEY (voice_id) REFERENCES public.voices(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.items
    ADD CONSTRAINT items_source_id_540541d0_fk_sources_id FOREIGN KEY (source_id) REFERENCES public.sources(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.items
    ADD CONSTRAINT items_thread_id_a2268324_fk_threads_id FOREIGN KEY (thread_id) REFERENCES public.threads(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_by_id_7b54439d_fk_people_id FOREIGN KEY (by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_story_id_aa22fed1_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.ledger_salts
    ADD CONSTRAINT ledger_salts_row_id_21e785e6_fk_ledger_id FOREIGN KEY (row_id) REFERENCES public.ledger(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matter_names
    ADD CONSTRAINT matter_names_matter_id_49f92083_fk_matters_id FOREIGN KEY (matter_id) REFERENCES public.matters(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.matters
    ADD CONSTRAINT matters_merged_into_id_0780e1d7_fk_matters_id FOREIGN KEY (merged_into_id) REFERENCES public.matters(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_call_id_05643365_fk_calls_id FOREIGN KEY (call_id) REFERENCES public.calls(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_person_id_d82e64f2_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_way_id_996d7f51_fk_ways_id FOREIGN KEY (way_id) REFERENCES public.ways(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.one_time_links
    ADD CONSTRAINT one_time_links_person_id_886e45b1_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.overseer_keys
    ADD CONSTRAINT overseer_keys_set_by_id_6db793cd_fk_people_id FOREIGN KEY (set_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.owed_approvals
    ADD CONSTRAINT owed_approvals_alone_by_id_baf783b6_fk_people_id FOREIGN KEY (alone_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.owed_approvals
    ADD CONSTRAINT owed_approvals_settled_by_id_992e3f76_fk_people_id FOREIGN KEY (settled_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.owed_approvals
    ADD CONSTRAINT owed_approvals_version_id_f3145f8f_fk_statement_versions_id FOREIGN KEY (version_id) REFERENCES public.statement_versions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_person_id_f7c851fe_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_unit_id_0b62e000_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.press_questions
    ADD CONSTRAINT press_questions_added_by_id_fead0f58_fk_people_id FOREIGN KEY (added_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.press_questions
    ADD CONSTRAINT press_questions_answer_id_78322b29_fk_statements_id FOREIGN KEY (answer_id) REFERENCES public.statements(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.press_questions
    ADD CONSTRAINT press_questions_answered_by_id_7d4e8372_fk_people_id FOREIGN KEY (answered_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.press_questions
    ADD CONSTRAINT press_questions_story_id_3ce874cd_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.press_questions
    ADD CONSTRAINT press_questions_unit_id_82e571ab_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.publications
    ADD CONSTRAINT publications_version_id_df07fd2f_fk_statement_versions_id FOREIGN KEY (version_id) REFERENCES public.statement_versions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quarantined
    ADD CONSTRAINT quarantined_decided_by_id_8de74585_fk_people_id FOREIGN KEY (decided_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.quarantined
    ADD CONSTRAINT quarantined_source_id_b985bac6_fk_sources_id FOREIGN KEY (source_id) REFERENCES public.sources(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.question_hours
    ADD CONSTRAINT question_hours_question_id_8d24b8bd_fk_questions_id FOREIGN KEY (question_id) REFERENCES public.questions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.question_matches
    ADD CONSTRAINT question_matches_question_id_a62bd83d_fk_questions_id FOREIGN KEY (question_id) REFERENCES public.questions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.question_samples
    ADD CONSTRAINT question_samples_done_by_id_ea50231e_fk_people_id FOREIGN KEY (done_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.question_samples
    ADD CONSTRAINT question_samples_question_id_af2b4eed_fk_questions_id FOREIGN KEY (question_id) REFERENCES public.questions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.questions
    ADD CONSTRAINT questions_changed_by_id_b72869ed_fk_people_id FOREIGN KEY (changed_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.questions
    ADD CONSTRAINT questions_created_by_id_9672a6d2_fk_people_id FOREIGN KEY (created_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.questions
    ADD CONSTRAINT questions_unit_id_c80e1476_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reaches
    ADD CONSTRAINT reaches_person_id_cf3fe8c3_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reply_texts
    ADD CONSTRAINT reply_texts_approved_by_id_bedd2b23_fk_people_id FOREIGN KEY (approved_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reply_texts
    ADD CONSTRAINT reply_texts_unit_id_8fea4575_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reply_texts
    ADD CONSTRAINT reply_texts_written_by_id_5c9b3190_fk_people_id FOREIGN KEY (written_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.roles_held
    ADD CONSTRAINT roles_held_person_id_0edee276_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.roles_held
    ADD CONSTRAINT roles_held_unit_id_d162104d_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.room_seats
    ADD CONSTRAINT room_seats_person_id_aab660cc_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.room_seats
    ADD CONSTRAINT room_seats_room_id_ef455d7f_fk_rooms_id FOREIGN KEY (room_id) REFERENCES public.rooms(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_alert_id_b78fa6a7_fk_alerts_id FOREIGN KEY (alert_id) REFERENCES public.alerts(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_decided_by_id_e363aa15_fk_people_id FOREIGN KEY (decided_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_incident_id_b7492d0e_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_opened_by_id_1e58ece9_fk_people_id FOREIGN KEY (opened_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.rooms
    ADD CONSTRAINT rooms_unit_id_519b37e8_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sealed_answers
    ADD CONSTRAINT sealed_answers_report_id_9778cc9f_fk_sealed_reports_id FOREIGN KEY (report_id) REFERENCES public.sealed_reports(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sealed_reports
    ADD CONSTRAINT sealed_reports_key_id_b0e9d22a_fk_overseer_keys_id FOREIGN KEY (key_id) REFERENCES public.overseer_keys(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.shared_lines
    ADD CONSTRAINT shared_lines_approved_by_id_43042bb1_fk_people_id FOREIGN KEY (approved_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.shared_lines
    ADD CONSTRAINT shared_lines_incident_id_8d1cae95_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.shared_lines
    ADD CONSTRAINT shared_lines_written_by_id_d1b2134b_fk_people_id FOREIGN KEY (written_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.signals
    ADD CONSTRAINT signals_alert_id_6d097fa3_fk_alerts_id FOREIGN KEY (alert_id) REFERENCES public.alerts(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.signals
    ADD CONSTRAINT signals_story_id_3ed52daa_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.source_alarms
    ADD CONSTRAINT source_alarms_call_id_cd47df20_fk_calls_id FOREIGN KEY (call_id) REFERENCES public.calls(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.source_alarms
    ADD CONSTRAINT source_alarms_source_id_30b303fd_fk_sources_id FOREIGN KEY (source_id) REFERENCES public.sources(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.source_hours
    ADD CONSTRAINT source_hours_source_id_e1ec8108_fk_sources_id FOREIGN KEY (source_id) REFERENCES public.sources(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sources
    ADD CONSTRAINT sources_unit_id_d1a4fc01_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.spare_codes
    ADD CONSTRAINT spare_codes_person_id_f8cac117_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.statement_signatures
    ADD CONSTRAINT statement_signatures_version_id_ba297254_fk_statement FOREIGN KEY (version_id) REFERENCES public.statement_versions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.statement_versions
    ADD CONSTRAINT statement_versions_approved_by_id_3fa2842f_fk_people_id FOREIGN KEY (approved_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.statement_versions
    ADD CONSTRAINT statement_versions_statement_id_4e5a81da_fk_statements_id FOREIGN KEY (statement_id) REFERENCES public.statements(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.statement_versions
    ADD CONSTRAINT statement_versions_written_by_id_8f6ae1c5_fk_people_id FOREIGN KEY (written_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.statements
    ADD CONSTRAINT statements_incident_id_6daf5751_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.statements
    ADD CONSTRAINT statements_published_id_6e0a4064_fk_statement_versions_id FOREIGN KEY (published_id) REFERENCES public.statement_versions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.statements
    ADD CONSTRAINT statements_unit_id_9581840e_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.statements
    ADD CONSTRAINT statements_voice_id_a4416652_fk_voices_id FOREIGN KEY (voice_id) REFERENCES public.voices(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stories
    ADD CONSTRAINT stories_matter_id_eb7c3990_fk_matters_id FOREIGN KEY (matter_id) REFERENCES public.matters(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stories
    ADD CONSTRAINT stories_merged_into_id_19bac674_fk_stories_id FOREIGN KEY (merged_into_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_edits
    ADD CONSTRAINT story_edits_asked_by_id_9a07b684_fk_people_id FOREIGN KEY (asked_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_edits
    ADD CONSTRAINT story_edits_made_id_eeb198db_fk_stories_id FOREIGN KEY (made_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_edits
    ADD CONSTRAINT story_edits_other_id_152a9b3c_fk_stories_id FOREIGN KEY (other_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_edits
    ADD CONSTRAINT story_edits_story_id_a3922aee_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_facts
    ADD CONSTRAINT story_facts_story_id_08ae673b_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_hours
    ADD CONSTRAINT story_hours_story_id_89b01986_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_links
    ADD CONSTRAINT story_links_thread_a_id_919000d2_fk_threads_id FOREIGN KEY (thread_a_id) REFERENCES public.threads(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_links
    ADD CONSTRAINT story_links_thread_b_id_efda54ca_fk_threads_id FOREIGN KEY (thread_b_id) REFERENCES public.threads(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_looks
    ADD CONSTRAINT story_looks_person_id_a3fa88c5_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_looks
    ADD CONSTRAINT story_looks_story_id_9d02d7f7_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_merges
    ADD CONSTRAINT story_merges_loser_id_e726ab9c_fk_stories_id FOREIGN KEY (loser_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.story_merges
    ADD CONSTRAINT story_merges_winner_id_70df454f_fk_stories_id FOREIGN KEY (winner_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.submission_files
    ADD CONSTRAINT submission_files_submission_id_2c35b46f_fk_submissions_id FOREIGN KEY (submission_id) REFERENCES public.submissions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_decided_id_40889a16_fk_inbox_decisions_id FOREIGN KEY (decided_id) REFERENCES public.inbox_decisions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_read_by_id_972bd1d0_fk_people_id FOREIGN KEY (read_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_source_id_f44abf03_fk_sources_id FOREIGN KEY (source_id) REFERENCES public.sources(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_story_id_8f042c32_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_taken_by_id_0f7879b0_fk_people_id FOREIGN KEY (taken_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_through_id_6f278111_fk_form_links_id FOREIGN KEY (through_id) REFERENCES public.form_links(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_unit_id_661590d8_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.subscription_letters
    ADD CONSTRAINT subscription_letters_delivery_id_07ccdad7_fk_deliveries_id FOREIGN KEY (delivery_id) REFERENCES public.deliveries(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.subscription_letters
    ADD CONSTRAINT subscription_letters_subscription_id_40b13ea4_fk_subscript FOREIGN KEY (subscription_id) REFERENCES public.subscriptions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_unit_id_1fe6e364_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_clock_id_a0a3c246_fk_clocks_id FOREIGN KEY (clock_id) REFERENCES public.clocks(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_contest_id_3baef97f_fk_case_contests_id FOREIGN KEY (contest_id) REFERENCES public.case_contests(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_explained_by_id_dc5ab533_fk_people_id FOREIGN KEY (explained_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_found_by_id_e7ee7b50_fk_people_id FOREIGN KEY (found_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_owed_id_4c4bc5ff_fk_owed_approvals_version_id FOREIGN KEY (owed_id) REFERENCES public.owed_approvals(version_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_step_id_9c9b969c_fk_case_steps_id FOREIGN KEY (step_id) REFERENCES public.case_steps(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.supervision
    ADD CONSTRAINT supervision_told_id_19961642_fk_units_told_id FOREIGN KEY (told_id) REFERENCES public.units_told(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.threads
    ADD CONSTRAINT threads_story_id_b783d8d8_fk_stories_id FOREIGN KEY (story_id) REFERENCES public.stories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.timeline
    ADD CONSTRAINT timeline_actor_id_ebc2d48d_fk_people_id FOREIGN KEY (actor_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.timeline
    ADD CONSTRAINT timeline_incident_id_86e4a176_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_source_id_59d949ca_fk_sources_id FOREIGN KEY (source_id) REFERENCES public.sources(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.unit_calendars
    ADD CONSTRAINT unit_calendars_unit_id_25cbf467_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units
    ADD CONSTRAINT units_parent_id_f958e173_fk_units_id FOREIGN KEY (parent_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_told
    ADD CONSTRAINT units_told_incident_id_b201729a_fk_incidents_id FOREIGN KEY (incident_id) REFERENCES public.incidents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_told
    ADD CONSTRAINT units_told_received_by_id_cde93018_fk_people_id FOREIGN KEY (received_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_told
    ADD CONSTRAINT units_told_told_by_id_57b530ca_fk_people_id FOREIGN KEY (told_by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.units_told
    ADD CONSTRAINT units_told_unit_id_816cd82b_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.voice_replies
    ADD CONSTRAINT voice_replies_by_id_e9a8f9a2_fk_people_id FOREIGN KEY (by_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.voice_replies
    ADD CONSTRAINT voice_replies_statement_id_75f97d69_fk_statements_id FOREIGN KEY (statement_id) REFERENCES public.statements(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.voice_replies
    ADD CONSTRAINT voice_replies_voice_id_b0a044a1_fk_voices_id FOREIGN KEY (voice_id) REFERENCES public.voices(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.voices
    ADD CONSTRAINT voices_person_id_078939e1_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.voices
    ADD CONSTRAINT voices_unit_id_d16ae6f5_fk_units_id FOREIGN KEY (unit_id) REFERENCES public.units(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.ways
    ADD CONSTRAINT ways_person_id_7ff40888_fk_people_id FOREIGN KEY (person_id) REFERENCES public.people(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wordings
    ADD CONSTRAINT wordings_version_id_8a30b02c_fk_statement_versions_id FOREIGN KEY (version_id) REFERENCES public.statement_versions(id) DEFERRABLE INITIALLY DEFERRED;
