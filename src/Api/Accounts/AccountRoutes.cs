using Exchange.Api.OpenApi;
using Exchange.Api.Routing;

namespace Exchange.Api.Accounts;

internal static class AccountRoutes
{
    private const string Group = "Account";

    public static void MapAccounts(this ApiRoutes routes, AccountEndpoints accounts, ResetEndpoints resets, SignInEndpoints signIns)
    {
        MapSignIn(routes, signIns);
        MapResets(routes, resets);
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

    private static void MapResets(ApiRoutes routes, ResetEndpoints resets)
    {
        routes.ForPerson("POST", "/api/v1/account/reset", resets.ResetAsync).Document(
            new(
                Group, "Start over: cancels every order, closes every position and takes all money back; once a day. PENDING goes on by itself",
                typeof(ResetInfo))
            {
                Body = ResetRequest.Fields,
                BodyExample = """{"resetId":"my-reset-1"}""",
                AnswerExample = """{"resetId":"my-reset-1","status":"DONE","startedAt":1767225600000,"finishedAt":1767225600010"""
                    + ""","againAt":1767312000000,"openOrders":0,"openPositions":0}""",
            });
        routes.ForCaller("GET", "/api/v1/account/reset", resets.LastAsync).Document(
            new(Group, "How the last reset went, and when the next may begin", typeof(ResetInfo)));
    }

    private static void MapSignIn(ApiRoutes routes, SignInEndpoints signIns)
    {
        routes.Public("POST", "/api/v1/user/signup", signIns.SignUpAsync).Document(
            new(
                Group, "Send a sign-in link to an address; in development mode the answer signs in at once, with token, link and cookie",
                typeof(SignedUp))
            {
                Body = SignUpRequest.Fields,
                Required = ["email"],
                BodyExample = """{"email":"you@example.org"}""",
                NeedsCaller = false,
            });
        routes.Public("GET", "/api/v1/user/signin/post", signIns.FollowLinkAsync).Document(
            new(Group, "Where the link in the mail leads: opens the account on first use, sets the cookie and redirects to the page", typeof(Done))
            {
                Query = SignInEndpoints.LinkFields,
                Required = ["token"],
                NeedsCaller = false,
            });
        routes.Public("POST", "/api/v1/user/signin", signIns.SignInAsync).Document(
            new(Group, "Sign in with a password", typeof(SignedUp))
            {
                Body = PasswordSignIn.Fields,
                Required = ["email", "password"],
                BodyExample = """{"email":"you@example.org","password":"correct horse battery staple"}""",
                NeedsCaller = false,
            });
        routes.ForPerson("POST", "/api/v1/user/password", signIns.SetPasswordAsync).Document(
            new(Group, "Set or change your password", typeof(Done))
            {
                Body = NewPassword.Fields,
                Required = ["password"],
                BodyExample = """{"password":"correct horse battery staple"}""",
            });
        routes.ForPerson("POST", "/api/v1/user/signout", signIns.SignOutAsync).Document(new(Group, "End this session", typeof(Done)));
        routes.ForPerson("GET", "/api/v1/user/sessions", signIns.SessionsAsync).Document(
            new(Group, "Where you are signed in", typeof(SessionInfo[])));
        routes.ForPerson("DELETE", "/api/v1/user/sessions", signIns.EndSessionAsync).Document(
            new(Group, "End one of your sessions", typeof(Done))
            {
                Body = SessionReference.Fields,
                Required = ["sessionId"],
                BodyExample = """{"sessionId":"0123456789abcdef0123456789abcdef"}""",
            });
    }
}
