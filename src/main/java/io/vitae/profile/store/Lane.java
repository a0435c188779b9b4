package io.vitae.profile.store;

/**
 * What requests that share a statement have in common.
 *
 * @param workspaceId the tenant
 * @param byReference whether references, not keys, name the profiles
 */
record Lane(long workspaceId, boolean byReference) {}
