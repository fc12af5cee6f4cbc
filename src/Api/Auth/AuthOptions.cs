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
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>In development mode sign-up answers with a token at once, to anybody. Never turn it on where strangers can connect.</summary>
    public bool DevelopmentMode { get; set; }
}
