namespace Exchange.Api.Auth;

/// <summary>The section Auth of the configuration.</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";
    public const int MinSecretLength = 32;

    /// <summary>Signs the tokens. Empty: one is made at the first start and kept in the data folder.</summary>
    public string JwtSecret { get; set; } = "";
    public string Issuer { get; set; } = "orleans-exchange";
    public string Audience { get; set; } = "orleans-exchange-api";

    /// <summary>32 bytes in base64; encrypts the secrets of API keys. Empty: made at the first start and kept in the data folder.</summary>
    public string ApiKeyMasterKey { get; set; } = "";

    /// <summary>Who is an operator, besides those whom the command "admin grant" has named.</summary>
    public string[] AdminEmails { get; set; } = [];
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(7);

    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Where people reach this exchange; links in e-mails start with it.</summary>
    public string PublicUrl { get; set; } = "http://localhost:5000";

    /// <summary>Where a link leads in the end.</summary>
    public string RedirectTo { get; set; } = "/";

    /// <summary>In development mode sign-up answers with a token at once, to anybody. Never turn it on where strangers can connect.</summary>
    public bool DevelopmentMode { get; set; }
}
