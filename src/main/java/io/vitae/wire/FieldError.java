package io.vitae.wire;

/**
 * One broken rule, as an error answer shows it.
 *
 * @param field RFC 6901 JSON Pointer into the request's body, or the name of a query parameter
 * @param code stable, {@code snake_case}, for programs
 * @param message for people; never repeats the value, which may be personal data
 */
public record FieldError(String field, String code, String message) {}
