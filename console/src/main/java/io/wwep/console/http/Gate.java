package io.wwep.console.http;

import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/**
 * Decides about each request before anything else looks at it, and gives each response the headers
 * that keep a page safe.
 *
 * <p>First {@link #guard}: the host must be this one, and a page of another origin must not have
 * sent it. Then, for all but the page's files, {@link #identify}: who is it? What a role may do is
 * for the endpoints.
 *
 * <p>Used by the HTTP event loop, but for {@link #admit}, which any thread may call.
 */
public final class Gate {

  /** Where the token of a changing request is that is authenticated by a cookie. */
  public static final String CSRF_HEADER = "X-CSRF-Token";

  /** Name of the cookie; over TLS with the prefix that binds it to this host. */
  static final String COOKIE = "wwep-session";

  private static final String BEARER = "Bearer ";
  private static final String CONTENT_SECURITY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** Only the page itself may be opened by a link on another one. */
  private static final Set<String> PAGES = Set.of("/", "/board");

  private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
  private static final String VISITOR = Visitor.class.getName();

  private final Hosts hosts;
  private final boolean secure;
  private final Sessions sessions = new Sessions(System::nanoTime);
  private final LoginLimit limit = new LoginLimit(System::nanoTime);
  private volatile Credentials credentials;

  /**
   * @param credentials what opens it; may be replaced
   * @param secure whether it is served over TLS
   */
  public Gate(Credentials credentials, Hosts hosts, boolean secure) {
    this.credentials = credentials;
    this.hosts = hosts;
    this.secure = secure;
  }

  /**
   * Has these passwords and tokens hold from now on; who has logged in with others has to do so
   * again.
   */
  public void admit(Credentials next) {
    credentials = next;
  }

  /** Returns the step for all requests. */
  public Handler<RoutingContext> guard() {
    return context -> {
      setHeaders(context.response());
      HttpServerRequest request = context.request();
      requireHost(request);
      if (!PAGES.contains(request.path()) || !SAFE.contains(request.method())) {
        requireOwnSite(request);
      }
      context.next();
    };
  }

  static void setHeaders(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", CONTENT_SECURITY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
  }

  private void requireHost(HttpServerRequest request) {
    List<String> given = request.headers().getAll(HttpHeaders.HOST);
    SocketAddress local = request.localAddress();
    if (given.size() != 1 || !hosts.isServed(given.get(0), local.hostAddress())) {
      throw Problem.misdirected(
              "this console is not served under that host name: open it by its address, or start the server with --http-host and the name")
          .exception();
    }
  }

  /** Browsers say which page sends a request; what is no browser says nothing. */
  private void requireOwnSite(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !OWN_SITES.contains(site)) {
      throw foreign();
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null && !hosts.isOwn(origin, request.getHeader(HttpHeaders.HOST), secure)) {
      throw foreign();
    }
  }

  private static ProblemException foreign() {
    return Problem.forbidden(
            "a page of another origin sent this request: use the console's own page, or a program that sends no Origin")
        .exception();
  }

  /**
   * Returns the step for requests that need to know who sends them; {@link #visitor} tells from
   * then on.
   */
  public Handler<RoutingContext> identify() {
    return context -> {
      Visitor visitor = visitorOf(context.request());
      context.put(VISITOR, visitor);
      boolean byCookie = visitor.session() != null;
      if (byCookie && !SAFE.contains(context.request().method())) {
        requireCsrf(context.request(), visitor);
      }
      context.next();
    };
  }

  /** Returns who sent a request. */
  public static Visitor visitor(RoutingContext context) {
    return context.get(VISITOR);
  }

  private Visitor visitorOf(HttpServerRequest request) {
    Credentials now = credentials;
    InetSocketAddress address = address(request.remoteAddress());
    if (!now.areNeeded()) {
      return new Visitor(Role.EDITOR, null, address, secure, now);
    }
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      return new Visitor(roleOf(authorization, now, address), null, address, secure, now);
    }
    Cookie cookie = request.getCookie(cookieName());
    Session session = cookie == null ? null : sessions.use(cookie.getValue(), now);
    return new Visitor(session == null ? null : session.role(), session, address, secure, now);
  }

  /**
   * Whether somebody who was let in may stay: the session goes on, and is in use by that, and the
   * same passwords and tokens hold.
   */
  public boolean admits(Visitor visitor) {
    Credentials now = credentials;
    Session session = visitor.session();
    return visitor.credentials().equals(now)
        && (session == null || sessions.use(session.id(), now) != null);
  }

  private Role roleOf(String authorization, Credentials now, InetSocketAddress address) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Problem.loginNeeded(
              "the console takes tokens, as in Authorization: Bearer TOKEN, and no other scheme")
          .exception();
    }
    // Who fails elsewhere must not keep out a right token; it is too long to be found by trying.
    requireNoWait(limit.waitSecondsOfAddress(address.getAddress()));
    Role role = now.ofToken(authorization.substring(BEARER.length()).strip());
    if (role == null) {
      requireNoWait(limit.waitSeconds(address.getAddress()));
      limit.failed(address.getAddress());
      throw Problem.loginNeeded(
              "this token opens nothing: take one from the file of the server's --http-token-file")
          .exception();
    }
    return role;
  }

  private static void requireNoWait(int seconds) {
    if (seconds > 0) {
      throw Problem.limited(
              "too many wrong passwords or tokens: try again in %d s".formatted(seconds), seconds)
          .exception();
    }
  }

  private static void requireCsrf(HttpServerRequest request, Visitor visitor) {
    String given = request.getHeader(CSRF_HEADER);
    if (given == null
        || !MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            visitor.csrf().getBytes(StandardCharsets.UTF_8))) {
      throw Problem.forbidden(
              "the header %s is missing or wrong: send what GET /api/v1/session gives as csrf"
                  .formatted(CSRF_HEADER))
          .exception();
    }
  }

  private static InetSocketAddress address(SocketAddress peer) {
    try {
      return new InetSocketAddress(InetAddress.getByName(peer.hostAddress()), peer.port());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a peer has an address", e);
    }
  }

  /** Whether somebody has to log in who has not. */
  public boolean needsLogin(Visitor visitor) {
    return visitor.role() == null && credentials.areNeeded();
  }

  /**
   * Logs a browser in, with a new session in place of the one that it may have.
   *
   * @return who it is from now on
   */
  public Visitor login(RoutingContext context, String password) {
    Visitor before = visitor(context);
    Credentials now = credentials;
    if (!now.areNeeded()) {
      return before;
    }
    requireNoWait(limit.waitSeconds(before.address().getAddress()));
    Role role = now.ofPassword(password);
    if (role == null) {
      limit.failed(before.address().getAddress());
      throw Problem.loginNeeded(
              "this password opens nothing: take one from the file of the server's --http-password-file")
          .exception();
    }
    sessions.end(before.session());
    Session session = sessions.begin(role, now);
    context.response().headers().add(HttpHeaders.SET_COOKIE, cookie(context, session.id(), ""));
    return new Visitor(role, session, before.address(), secure, now);
  }

  /** Ends the session of a browser. */
  public void logout(RoutingContext context) {
    sessions.end(visitor(context).session());
    context.response().headers().add(HttpHeaders.SET_COOKIE, cookie(context, "", "; Max-Age=0"));
  }

  private String cookieName() {
    return secure ? "__Host-" + COOKIE : COOKIE;
  }

  private String cookie(RoutingContext context, String value, String end) {
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    boolean overTls = secure || Hosts.isOverTls(origin);
    return "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s"
        .formatted(cookieName(), value, overTls ? "; Secure" : "", end);
  }
}
