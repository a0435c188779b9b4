-- What the statement that writes many profiles at once needs (adr/0006).

-- Whether a change needs the words made anew: whether it shows in a member that vitae_words reads. The images are
-- compared, not the values: that is a comparison of bytes.
CREATE FUNCTION vitae_reworded(before jsonb, after jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN record_image_ne(
        ROW(before -> 'text', before -> 'info' -> 'summary', before -> 'experiences', before -> 'educations',
            before -> 'skills', before -> 'languages', before -> 'interests', before -> 'tags', before -> 'labels'),
        ROW(after -> 'text', after -> 'info' -> 'summary', after -> 'experiences', after -> 'educations',
            after -> 'skills', after -> 'languages', after -> 'interests', after -> 'tags', after -> 'labels'));

DROP FUNCTION vitae_worded(jsonb);
