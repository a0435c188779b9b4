package io.vitae.bench;

import static io.vitae.bench.Dataset.PROFILES;
import static io.vitae.bench.Settings.CONNECTIONS;
import static io.vitae.bench.Spliced.PLACE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.bench.ReadBack.Expected;
import io.vitae.bench.Row.When;
import io.vitae.bench.Selection.Edit;
import io.vitae.bench.Wrk.Requests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** The rows in which wrk asks a server. */
final class HttpRows {
  static final List<String> WRITE = List.of("pg-write-16", "pg-write-64");
  static final List<String> SELECT = List.of("pg-select-16", "pg-select-64");
  private static final List<String> NONE = List.of();

  private static final String REVISION = "/metadatas/0/value";
  private static final int WRITES_OF_MIXED = 20;

  /**
   * As many as the service looks for at once ({@code vitae.batch.listings-in-flight}), which keeps
   * every core of the database busy: more would only wait for each other, and with a million
   * profiles be refused, as they should, when they have waited for too long.
   */
  private static final int SEARCH_CONNECTIONS = 4;

  private final Wrk wrk;
  private final HttpLoad.Revisions revisions;
  private final Selection whole;
  private final Selection text;
  private final Selection partial;
  private final Path wholePuts;
  private final Path textPuts;
  private final Path partialPuts;
  private final Path newPuts;
  private final Path keyGets;
  private final Path referenceGets;
  private final Path searches;

  /** Writes the requests of all rows to files in a directory. */
  HttpRows(Wrk wrk, Path directory, int profiles, HttpLoad.Revisions revisions) {
    this.wrk = wrk;
    this.revisions = revisions;
    whole = Selection.edited(profiles, Edit.WHOLE);
    text = Selection.edited(profiles, Edit.TEXT);
    partial = Selection.edited(profiles, Edit.PARTIAL);
    Selection read = Selection.read(profiles);
    RequestFile files = new RequestFile(directory, Dataset.API_KEY);
    wholePuts =
        files.puts("put-edit", whole.count(), at -> PROFILES.whole(whole.number(at), PLACE, 0));
    textPuts =
        files.puts("put-text", text.count(), at -> PROFILES.whole(text.number(at), 0, PLACE));
    partialPuts =
        files.puts(
            "put-partial", partial.count(), at -> PROFILES.metadatas(partial.number(at), PLACE));
    newPuts =
        files.puts("put-create", whole.count(), at -> PROFILES.created(whole.number(at), PLACE));
    keyGets =
        files.gets(
            "get-key",
            read.count(),
            at -> Paths.PROFILE + Paths.byKey(Profiles.key(read.number(at))));
    referenceGets =
        files.gets(
            "get-reference",
            read.count(),
            at -> Paths.PROFILE + Paths.byReference(Profiles.reference(read.number(at))));
    searches = files.gets("search", Paths.SEARCHES, Paths::search);
  }

  /** All rows of the service. */
  List<Row> service(ServerProcess service, Runnable removeCreated) {
    ReadBack back = new ReadBack(service.address(), true);
    Optional<HttpLoad.Check> edits = check(back, (at, revision) -> wholeEdit(at), () -> {});
    return List.of(
        row(
            "put-edit",
            "PUT edit, whole document",
            When.ALWAYS,
            service,
            WRITE,
            load(service, CONNECTIONS, Requests.writes(wholePuts), edits)),
        row(
            "put-text",
            "PUT edit that changes the text",
            When.FULL,
            service,
            WRITE,
            load(
                service,
                CONNECTIONS,
                Requests.writes(textPuts),
                check(back, (at, revision) -> textEdit(at), () -> {}))),
        row(
            "put-partial",
            "PUT edit, metadatas only",
            When.FULL,
            service,
            WRITE,
            load(
                service,
                CONNECTIONS,
                Requests.writes(partialPuts),
                check(back, (at, revision) -> partialEdit(at), () -> {}))),
        row(
            "put-create",
            "PUT create",
            When.FULL,
            service,
            WRITE,
            load(
                service,
                CONNECTIONS,
                Requests.writes(newPuts),
                check(back, this::created, removeCreated))),
        row(
            "get-key",
            "GET by key",
            When.ALWAYS,
            service,
            SELECT,
            load(service, CONNECTIONS, Requests.reads(keyGets), Optional.empty())),
        row(
            "get-reference",
            "GET by reference",
            When.FULL,
            service,
            SELECT,
            load(service, CONNECTIONS, Requests.reads(referenceGets), Optional.empty())),
        row(
            "search",
            "search, page 1, 4 connections",
            When.FULL,
            service,
            NONE,
            load(service, SEARCH_CONNECTIONS, Requests.reads(searches), Optional.empty())),
        row(
            "mixed",
            "80 % GET by key, 20 % PUT edit",
            When.FULL,
            service,
            NONE,
            load(service, CONNECTIONS, Requests.mixed(wholePuts, keyGets, WRITES_OF_MIXED), edits)),
        row(
            "put-1",
            "PUT edit, one connection",
            When.FULL,
            service,
            List.of("pg-write-1"),
            load(service, 1, Requests.writes(wholePuts), edits)));
  }

  /** The row of a server that reads and writes JSON, and does nothing else. */
  Row floor(ServerProcess floor) {
    return row(
        "floor",
        "no service: JSON over HTTP, nothing stored",
        When.ALWAYS,
        floor,
        NONE,
        load(floor, CONNECTIONS, Requests.writes(wholePuts), Optional.empty()));
  }

  /** The rows of the peer. */
  List<Row> peer(ServerProcess peer) {
    ReadBack back = new ReadBack(peer.address(), false);
    return List.of(
        row(
            "peer-put",
            "peer: PUT edit, whole document",
            When.ALWAYS,
            peer,
            WRITE,
            load(
                peer,
                CONNECTIONS,
                Requests.writes(wholePuts),
                check(back, (at, revision) -> wholeEdit(at), () -> {}))),
        row(
            "peer-get",
            "peer: GET by key",
            When.ALWAYS,
            peer,
            SELECT,
            load(peer, CONNECTIONS, Requests.reads(keyGets), Optional.empty())));
  }

  private static Row row(
      String id,
      String title,
      When when,
      ServerProcess server,
      List<String> baseline,
      Row.Load load) {
    return new Row(id, title, when, Optional.of(server), baseline, load);
  }

  private Row.Load load(
      ServerProcess server, int connections, Requests requests, Optional<HttpLoad.Check> check) {
    return new HttpLoad(wrk, server, connections, requests, revisions, check);
  }

  private static Optional<HttpLoad.Check> check(
      ReadBack readBack, HttpLoad.Written written, Runnable after) {
    return Optional.of(new HttpLoad.Check(readBack, written, after));
  }

  private Expected wholeEdit(long place) {
    int number = whole.number(place);
    return byKey(number, REVISION, revision -> PROFILES.whole(number, revision, 0));
  }

  private Expected textEdit(long place) {
    int number = text.number(place);
    return byKey(number, "/text", revision -> PROFILES.whole(number, 0, revision));
  }

  private Expected partialEdit(long place) {
    int number = partial.number(place);
    return byKey(number, REVISION, revision -> PROFILES.whole(number, revision, 0));
  }

  private Expected created(long place, long revision) {
    int number = whole.number(place);
    return new Expected(
        Paths.byReference(Profiles.CREATED_PREFIX + revision),
        "/reference",
        same -> PROFILES.created(number, same));
  }

  private static Expected byKey(int number, String revision, LongFunction<ObjectNode> sent) {
    return new Expected(Paths.byKey(Profiles.key(number)), revision, sent);
  }
}
