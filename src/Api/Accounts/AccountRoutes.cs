using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Accounts;

internal static class AccountRoutes
{
    private const string Group = "Account";

    public static void MapAccounts(this ApiRoutes routes, AccountEndpoints accounts)
    {
        routes.Public("POST", "/api/v1/user/signup", accounts.SignUpAsync).Document(
            new(Group, "Open an account, or come back to it; in development mode the answer carries a token and sets the cookie", typeof(SignedUp))
            {
                Body = SignUpRequest.Fields,
                Required = ["email"],
                BodyExample = """{"email":"you@example.org"}""",
                NeedsCaller = false,
            });
        routes.ForCaller("GET", "/api/v1/user/me", accounts.MeAsync).Document(new(Group, "Who the token says you are", typeof(Me)));
        routes.ForCaller("POST", "/api/v1/onramp", accounts.DepositAsync).Document(
            new(Group, "Deposit paper money", typeof(Deposited))
            {
                Body = DepositRequest.Fields,
                Required = ["asset", "amount"],
                BodyExample = """{"depositId":"my-deposit-1","asset":"USDT","amount":"10000"}""",
                AnswerExample = """{"depositId":"my-deposit-1","asset":"USDT","amount":"10000","available":"10000","locked":"0"}""",
            });
        routes.ForCaller("GET", "/api/v1/balances", accounts.BalancesAsync).Document(
            new(Group, "What you have, and what open orders lock", typeof(Balance[])) { Query = AccountEndpoints.UserFields });
    }
}
