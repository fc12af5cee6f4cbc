using System.Net;
using System.Text.RegularExpressions;

namespace Exchange.Api.Tests;

/// <summary>The page of people: what it is made of comes from a folder beside the silo.</summary>
public sealed partial class PageTests : IAsyncLifetime
{
    private const string Index =
        """<!doctype html><html data-chart="{chart}" data-cookie="{cookie}"><link href="{assets}/css/a.css">{preloads}</html>""";

    private readonly PageHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        host.Folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/markets")]
    [InlineData("/trade")]
    [InlineData("/trade/BTC_USDT")]
    [InlineData("/portfolio")]
    [InlineData("/sign-in")]
    public async Task Every_address_of_the_page_leads_to_it(string address)
    {
        var page = await host.Stranger().Get(address);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.Message.Content.Headers.ContentType!.MediaType));
        Assert.Contains("data-cookie=\"false\"", page.Body, StringComparison.Ordinal);
        Assert.Equal("no-cache", page.Message.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Nothing_runs_in_the_page_that_does_not_come_from_here()
    {
        var page = await host.Stranger().Get("/");

        var policy = Assert.Single(page.Message.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", Assert.Single(page.Message.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("nosniff", Assert.Single(page.Message.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task What_the_page_names_is_there_and_good_forever()
    {
        var page = await host.Stranger().Get("/");
        var names = Names().Matches(page.Body).Select(match => match.Value).ToArray();

        Assert.Equal(["/css/a.css", "/js/app.js", "/js/deep/b.js"], names.Select(name => name[name.IndexOf('/', "/assets/".Length)..]));
        foreach (var name in names)
        {
            var file = await host.Stranger().Get(name);
            Assert.Equal(HttpStatusCode.OK, file.Status);
            Assert.Equal("public, max-age=31536000, immutable", file.Message.Headers.CacheControl!.ToString());
        }
    }

    [Theory]
    [InlineData("/assets/000000000000/js/app.js")]
    [InlineData("/assets/{version}/js/none.js")]
    [InlineData("/assets/{version}/../token.key")]
    [InlineData("/assets/{version}/..%2ftoken.key")]
    [InlineData("/assets/{version}/secret.key")]
    public async Task What_is_not_a_file_of_this_version_is_not_found(string path)
    {
        var version = Names().Match((await host.Stranger().Get("/")).Body).Value.Split('/')[2];

        Assert.Equal(HttpStatusCode.NotFound, (await host.Stranger().Get(path.Replace("{version}", version, StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task A_page_that_is_known_is_not_sent_again()
    {
        var tag = (await host.Stranger().Get("/")).Message.Headers.ETag!.ToString();

        var again = await host.Stranger().Send(HttpMethod.Get, "/", null, ("If-None-Match", tag));

        Assert.Equal((HttpStatusCode.NotModified, ""), (again.Status, again.Body));
    }

    [Fact]
    public async Task Whoever_sends_a_cookie_gets_a_page_that_asks_who_they_are()
    {
        var page = await host.Stranger().Send(HttpMethod.Get, "/", null, ("Cookie", "authToken=anything"));

        Assert.Contains("data-cookie=\"true\"", page.Body, StringComparison.Ordinal);
        Assert.NotEqual((await host.Stranger().Get("/")).Message.Headers.ETag, page.Message.Headers.ETag);
    }

    [Fact]
    public async Task Without_the_chart_library_the_page_is_told_so()
    {
        Assert.Contains("data-chart=\"false\"", (await host.Stranger().Get("/")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_compressed_for_those_who_can_read_it()
    {
        var name = Names().Match((await host.Stranger().Get("/")).Body).Value;

        var file = await host.Stranger().Send(HttpMethod.Get, name, null, ("Accept-Encoding", "gzip, br"));

        Assert.Equal(["br"], file.Message.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", file.Message.Headers.Vary);
    }

    [GeneratedRegex("/assets/[^\"]+")]
    private static partial Regex Names();

    private sealed class PageHost : ApiHost
    {
        public PageHost()
        {
            Write("index.html", Index);
            Write("css/a.css", "body { color: red; }");
            Write("js/app.js", "import './deep/b.js';");
            Write("js/deep/b.js", "export {};");
            Write("secret.key", "a key");
        }

        public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("exchange-page-");

        protected override Dictionary<string, string?> Settings => new() { ["Pages:Folder"] = Folder.FullName };

        private void Write(string path, string text)
        {
            var file = Path.Combine(Folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
