using Exchange.Domain;
using Exchange.Grains.Interfaces;
using Exchange.Storage;
using Exchange.Storage.Journal;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Errors;

/// <summary>Turns what was thrown instead of answered into a line of the error table.</summary>
internal static class ErrorBoundary
{
    public static Task AnswerAsync(HttpContext http, Exception thrown, ILogger log)
    {
        if (NotNow(thrown) is { } error)
        {
            Log.NotNow(log, thrown, error.Code, http.Request.Path, http.TraceIdentifier);
            return ErrorWriter.WriteAsync(http, error);
        }

        switch (thrown)
        {
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

    /// <summary>What engine and storage throw when they cannot take a request at the moment; null for anything else.</summary>
    public static ApiError? NotNow(Exception thrown) => thrown switch
    {
        TimeoutException => Reason.Timeout.ToError(),
        LimitExceededException => Reason.Overloaded.ToError(),
        StateUnavailableException or JournalUnavailableException or OrleansException or StorageException { Failure: StorageFailure.Disconnected } =>
            Reason.Unavailable.ToError(),
        _ => null,
    };

    private static ApiError OfStatus(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => EdgeErrors.BodyTooLarge,
        StatusCodes.Status408RequestTimeout => EdgeErrors.RequestTimeout,
        _ => EdgeErrors.BadRequest,
    };
}
