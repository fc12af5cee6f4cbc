namespace Exchange.Api.Mail;

public interface IMailer
{
    /// <summary>Whether anything would leave this machine.</summary>
    bool CanSend { get; }

    Task SendAsync(string to, string subject, string text, CancellationToken cancellation);
}
