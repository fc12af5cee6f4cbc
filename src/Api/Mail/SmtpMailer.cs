using System.Net;
using System.Net.Mail;

namespace Exchange.Api.Mail;

/// <summary>The section Smtp of the configuration; without a host no mail is sent.</summary>
public sealed class SmtpOptions
{
    public const string Section = "Smtp";

    public string Host { get; set; } = "";
    public int Port { get; set; } = 587;
    public bool UseTls { get; set; } = true;
    public string User { get; set; } = "";
    public string Password { get; set; } = "";
    public string From { get; set; } = "exchange@localhost";
}

internal sealed class SmtpMailer(SmtpOptions options) : IMailer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public bool CanSend => options.Host.Length > 0;

    public async Task SendAsync(string to, string subject, string text, CancellationToken cancellation)
    {
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.UseTls };
        if (options.User.Length > 0)
            client.Credentials = new NetworkCredential(options.User, options.Password);
        using var message = new MailMessage(options.From, to, subject, text);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        await client.SendMailAsync(message, limit.Token);
    }
}
