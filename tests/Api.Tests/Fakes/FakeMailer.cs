using System.Collections.Concurrent;
using Exchange.Api.Mail;

namespace Exchange.Api.Tests.Fakes;

public sealed class FakeMailer : IMailer
{
    public bool CanSend { get; set; }
    public ConcurrentQueue<(string To, string Text)> Sent { get; } = new();

    public Task SendAsync(string to, string subject, string text, CancellationToken cancellation)
    {
        Sent.Enqueue((to, text));
        return Task.CompletedTask;
    }
}
