using Exchange.Embedded.Copying;

namespace Exchange.Embedded.Runtime;

/// <summary>A call that is answered with a <typeparamref name="T"/>.</summary>
internal abstract class Request<T>(GrainMethod method) : Request(method)
{
    private TaskCompletionSource<T>? _answer;

    internal sealed override bool IsAbandoned => _answer is { Task.IsCompleted: true };

    internal Task<T> OpenAnswer(TaskCreationOptions options)
    {
        ExpectsAnswer = true;
        _answer = new TaskCompletionSource<T>(options);
        return _answer.Task;
    }

    internal sealed override void Answer(Task completed)
    {
        if (_answer is null)
            return;

        if (typeof(T) == typeof(Nothing))
            _answer.TrySetResult(default!);
        else
            _answer.TrySetResult(DeepCopy.Of(((Task<T>)completed).Result));
    }

    internal sealed override object? ResultOf(Task completed) =>
        typeof(T) == typeof(Nothing) ? null : ((Task<T>)completed).Result;

    internal sealed override void AnswerBoxed(object? result)
    {
        if (typeof(T) == typeof(Nothing))
            _answer?.TrySetResult(default!);
        else
            _answer?.TrySetResult(DeepCopy.Of((T)result!));
    }

    internal sealed override bool Fail(Exception exception) => _answer is not null && exception switch
    {
        OperationCanceledException cancelled => _answer.TrySetCanceled(cancelled.CancellationToken),
        _ => _answer.TrySetException(exception),
    };
}
