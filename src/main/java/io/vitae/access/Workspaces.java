package io.vitae.access;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Locale;

/** The tenants. */
@Singleton
public class Workspaces {
  private final WorkspaceStore store;

  Workspaces(WorkspaceStore store) {
    this.store = store;
  }

  /**
   * Creates a workspace unless there is one of that name.
   *
   * @return its id
   */
  public Uni<Long> ensure(String name) {
    return store.insertIfAbsent(name, subdomain(name));
  }

  /** What a workspace is called. */
  record Workspace(String name, String subdomain) {}

  Uni<Workspace> get(long id) {
    return store.get(id);
  }

  /**
   * {@code Acme & Söhne} becomes {@code acme-s-hne}: letters, digits and hyphens, as in a host
   * name.
   */
  static String subdomain(String name) {
    String label =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return label.isEmpty() ? "workspace" : label;
  }
}
