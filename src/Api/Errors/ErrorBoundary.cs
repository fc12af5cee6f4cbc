using Exchange.Domain;
using Exchange.Grains.Interfaces;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Errors;

/// <summary>Turns what was thrown instead of answered into a line of the error table.</summary>
internal static class ErrorBoundary
{
    public static Task AnswerAsync(HttpContext http, Exception thrown, ILogger log)
    {
        switch (thrown)
        {
            case TimeoutException:
                Log.TimedOut(log, http.Request.Path, http.TraceIdentifier);
                return ErrorWriter.WriteAsync(http, Reason.Timeout.ToError());
            case StateUnavailableException:
                Log.StorageUnavailable(log, thrown, http.Request.Path, http.TraceIdentifier);
                return ErrorWriter.WriteAsync(http, Reason.Unavailable.ToError());
            case BadHttpRequestException bad:
                return ErrorWriter.WriteAsync(http, OfStatus(bad.StatusCode));
            case ConnectionResetException or ConnectionAbortedException:
            case OperationCanceledException or IOException when http.RequestAborted.IsCancellationRequested:
                http.Abort();
                return Task.CompletedTask;
            default:
                Log.Unexpected(log, thrown, http.Request.Path, http.TraceIdentifier);
                return ErrorWriter.WriteAsync(http, EdgeErrors.Internal.With("traceId", http.TraceIdentifier));
        }
    }

    /// <summary>Null where the exception says nothing of that kind.</summary>
    public static ApiError? LeavesOutcomeUnknown(Exception thrown) => thrown switch
    {
        TimeoutException => Reason.Timeout.ToError(),
        StateUnavailableException => Reason.Unavailable.ToError(),
        _ => null,
    };

    private static ApiError OfStatus(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => EdgeErrors.BodyTooLarge,
        StatusCodes.Status408RequestTimeout => EdgeErrors.RequestTimeout,
        _ => EdgeErrors.BadRequest,
    };
}
