using Exchange.Domain;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace Exchange.Api.Errors;

/// <summary>What the front door refuses by itself, before any grain hears of it.</summary>
public static class EdgeErrors
{
    public static readonly ApiError MalformedJson = new("MALFORMED_JSON", Status400BadRequest, "The body is not one JSON object of plain fields.");
    public static readonly ApiError MissingBody = new("MISSING_BODY", Status400BadRequest, "This request needs a JSON body.");
    public static readonly ApiError BodyTooLarge = new("BODY_TOO_LARGE", Status413PayloadTooLarge, "The body is larger than this route accepts.");
    public static readonly ApiError UnsupportedMediaType = new(
        "UNSUPPORTED_MEDIA_TYPE", Status415UnsupportedMediaType, "Send the body as application/json in UTF-8, not encoded further.");
    public static readonly ApiError UnknownField = new("UNKNOWN_FIELD", Status400BadRequest, "A field or parameter is not known to this route.");
    public static readonly ApiError DuplicateField = new("DUPLICATE_FIELD", Status400BadRequest, "A field or parameter is given twice.");
    public static readonly ApiError MissingField = new("MISSING_FIELD", Status400BadRequest, "A required field or parameter is missing.");
    public static readonly ApiError InvalidField = new("INVALID_FIELD", Status400BadRequest, "A field or parameter has a value of the wrong kind.");
    public static readonly ApiError TooManyItems = new("TOO_MANY_ITEMS", Status400BadRequest, "The list is longer than this route accepts.");
    public static readonly ApiError InvalidEmail = new("INVALID_EMAIL", Status400BadRequest, "This is not an e-mail address that can be used here.");
    public static readonly ApiError BadRequest = new("BAD_REQUEST", Status400BadRequest, "The request is not valid HTTP.");
    public static readonly ApiError RequestTimeout = new("REQUEST_TIMEOUT", Status408RequestTimeout, "The request arrived too slowly.");
    public static readonly ApiError Unauthorized = new(
        "UNAUTHORIZED", Status401Unauthorized,
        "Sign in: send a token in the header Authorization, after the word Bearer, or in the cookie authToken.");
    public static readonly ApiError InvalidToken = new("INVALID_TOKEN", Status401Unauthorized, "The token is not one of this exchange.");
    public static readonly ApiError TokenExpired = new("TOKEN_EXPIRED", Status401Unauthorized, "The token has expired; sign in again.");
    public static readonly ApiError SessionEnded = new("SESSION_ENDED", Status401Unauthorized, "The session was ended; sign in again.");
    public static readonly ApiError InvalidLink = new(
        "INVALID_LINK", Status401Unauthorized, "The link is not valid, was used before or has expired; ask for another one.");
    public static readonly ApiError SignInFailed = new(
        "SIGN_IN_FAILED", Status401Unauthorized, "The e-mail address and the password do not go together.");
    public static readonly ApiError WeakPassword = new("WEAK_PASSWORD", Status400BadRequest, "A password has 12 to 128 characters.");
    public static readonly ApiError InvalidApiKey = new("INVALID_API_KEY", Status401Unauthorized, "There is no such API key, or no longer.");
    public static readonly ApiError InvalidSignature = new(
        "INVALID_SIGNATURE", Status401Unauthorized,
        "The signature is not the HMAC-SHA256 of the query string followed by the body under the key's secret.");
    public static readonly ApiError UntimelyRequest = new(
        "UNTIMELY_REQUEST", Status401Unauthorized, "The timestamp is more than recvWindow in the past, or more than a second in the future.");
    public static readonly ApiError AddressNotAllowed = new(
        "ADDRESS_NOT_ALLOWED", Status403Forbidden, "The API key may not be used from this address.");
    public static readonly ApiError PermissionDenied = new("PERMISSION_DENIED", Status403Forbidden, "The API key lacks the permission for this.");
    public static readonly ApiError PeopleOnly = new("PEOPLE_ONLY", Status403Forbidden, "This is for people who signed in, not for API keys.");
    public static readonly ApiError AdminsOnly = new("ADMINS_ONLY", Status403Forbidden, "This is for operators of the exchange.");
    public static readonly ApiError WrongOrigin = new(
        "WRONG_ORIGIN", Status403Forbidden, "A request that relies on the cookie and changes something must come from the exchange's own page.");
    public static readonly ApiError UnknownKey = new("UNKNOWN_KEY", Status404NotFound, "This account has no such API key.");
    public static readonly ApiError UnknownDeadLetter = new("UNKNOWN_DEAD_LETTER", Status404NotFound, "There is no such dead letter, or no longer.");
    public static readonly ApiError UnknownSession = new("UNKNOWN_SESSION", Status404NotFound, "This account has no such session.");
    public static readonly ApiError TooManyRequests = new(
        "TOO_MANY_REQUESTS", Status429TooManyRequests, "Too many requests; the header Retry-After says in how many seconds to go on.");
    public static readonly ApiError NotYourAccount = new("NOT_YOUR_ACCOUNT", Status403Forbidden, "The userId is not the one that signed in.");
    public static readonly ApiError SignUpDisabled = new(
        "SIGN_UP_DISABLED", Status403Forbidden,
        "This exchange cannot send sign-in links: it does not run in development mode, and no mail server is configured.");
    public static readonly ApiError UnknownStream = new(
        "UNKNOWN_STREAM", Status400BadRequest,
        "There is no such stream: depth@MARKET, depth@MARKET@fast, trade@MARKET, ticker@MARKET, kline@MARKET@INTERVAL, user.");
    public static readonly ApiError UnknownMethod = new(
        "UNKNOWN_METHOD", Status400BadRequest, "There is no such method: SUBSCRIBE, UNSUBSCRIBE, LIST, AUTH, PING, order.place, order.cancel.");
    public static readonly ApiError TooManySubscriptions = new(
        "TOO_MANY_SUBSCRIPTIONS", Status429TooManyRequests, "The connection has as many subscriptions as it may have.");
    public static readonly ApiError TooManyConnections = new(
        "TOO_MANY_CONNECTIONS", Status429TooManyRequests, "There are as many stream connections from here as there may be.");
    public static readonly ApiError NotWebSocket = new("NOT_WEB_SOCKET", Status400BadRequest, "This route speaks WebSocket only.");
    public static readonly ApiError ForbiddenOrigin = new(
        "FORBIDDEN_ORIGIN", Status403Forbidden, "A page of another site may not connect with its visitor's sign-in.");
    public static readonly ApiError NotFound = new("NOT_FOUND", Status404NotFound, "There is no such route.");
    public static readonly ApiError MethodNotAllowed = new(
        "METHOD_NOT_ALLOWED", Status405MethodNotAllowed, "The route exists, but not with this method.");
    public static readonly ApiError Internal = new(
        "INTERNAL", Status500InternalServerError, "Something went wrong here; the trace id finds it in the log.");

    /// <summary>Better than to say of every market that there is no such market.</summary>
    public static Refusal StillStarting { get; } =
        Reason.Unavailable.ToError().Saying("The exchange is still starting and did nothing; try again in a moment.");

    public static IReadOnlyList<ApiError> All { get; } =
    [
        MalformedJson, MissingBody, BodyTooLarge, UnsupportedMediaType, UnknownField, DuplicateField, MissingField, InvalidField, TooManyItems,
        InvalidEmail, BadRequest, RequestTimeout, Unauthorized, InvalidToken, TokenExpired, NotYourAccount, SignUpDisabled,
        SessionEnded, InvalidLink, SignInFailed, WeakPassword, InvalidApiKey, InvalidSignature, UntimelyRequest, AddressNotAllowed,
        PermissionDenied, PeopleOnly, AdminsOnly, WrongOrigin, UnknownKey, UnknownSession, UnknownDeadLetter, TooManyRequests,
        UnknownStream, UnknownMethod, TooManySubscriptions, TooManyConnections, NotWebSocket, ForbiddenOrigin,
        NotFound, MethodNotAllowed, Internal,
    ];
}
