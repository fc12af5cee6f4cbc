namespace Exchange.Embedded.Runtime;

/// <summary>The requests that a mailbox has not answered yet, linked through themselves. Used under the mailbox's gate.</summary>
internal struct OwedAnswers
{
    private Request? _first;
    private Request? _last;

    internal readonly bool IsEmpty => _first is null;

    internal readonly Request? First => _first;

    internal void Add(Request request)
    {
        request.PreviousOwed = _last;
        if (_last is null)
            _first = request;
        else
            _last.NextOwed = request;

        _last = request;
    }

    /// <summary>Removing one that is not there does nothing.</summary>
    internal void Remove(Request request)
    {
        if (request.PreviousOwed is null && _first != request)
            return;

        if (request.PreviousOwed is { } previous)
            previous.NextOwed = request.NextOwed;
        else
            _first = request.NextOwed;

        if (request.NextOwed is { } next)
            next.PreviousOwed = request.PreviousOwed;
        else
            _last = request.PreviousOwed;

        (request.PreviousOwed, request.NextOwed) = (null, null);
    }
}
