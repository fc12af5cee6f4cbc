using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Exchange.Api.Tests;

/// <summary>Bad input is told what is wrong with it, and no grain ever hears of it.</summary>
[Collection(ApiTests.Name)]
public sealed class StrictnessTests(ApiHost host)
{
    private const string Order = "/api/v1/order";

    [Theory]
    [InlineData("", 400, "MISSING_BODY")]
    [InlineData(" ", 400, "MALFORMED_JSON")]
    [InlineData("null", 400, "MALFORMED_JSON")]
    [InlineData("[]", 400, "MALFORMED_JSON")]
    [InlineData("{", 400, "MALFORMED_JSON")]
    [InlineData("{}x", 400, "MALFORMED_JSON")]
    [InlineData("{}{}", 400, "MALFORMED_JSON")]
    [InlineData("{/* note */}", 400, "MALFORMED_JSON")]
    [InlineData("""{"market":"BTC_USDT",}""", 400, "MALFORMED_JSON")]
    [InlineData("""{'market':'BTC_USDT'}""", 400, "MALFORMED_JSON")]
    [InlineData("{}", 400, "MISSING_FIELD")]
    [InlineData("""{"market":"BTC_USDT","price":"1","quantity":"1"}""", 400, "MISSING_FIELD")]
    [InlineData("""{"side":"buy","price":"1","quantity":"1"}""", 400, "MISSING_FIELD")]
    [InlineData("""{"market":null,"side":"buy"}""", 400, "MISSING_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","Price":"1"}""", 400, "UNKNOWN_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","leverage":100}""", 400, "UNKNOWN_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","__proto__":{"a":1}}""", 400, "UNKNOWN_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","":"1"}""", 400, "UNKNOWN_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","\ud800":"1"}""", 400, "UNKNOWN_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","price":"1","price":"2"}""", 400, "DUPLICATE_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","price":"1","pr\u0069ce":"2"}""", 400, "DUPLICATE_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","price":null,"price":"2"}""", 400, "DUPLICATE_FIELD")]
    [InlineData("""{"market":"BTC_USDT","symbol":"TATA_INR","side":"buy"}""", 400, "INVALID_REQUEST")]
    [InlineData("""{"market":["BTC_USDT"],"side":"buy"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"market":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{}}}}}}}},"side":"buy"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"market":1,"side":"buy"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"market":true,"side":"buy"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"market":"","side":"buy"}""", 404, "UNKNOWN_SYMBOL")]
    [InlineData("""{"market":"NOPE_USDT","side":"buy"}""", 404, "UNKNOWN_SYMBOL")]
    [InlineData("""{"market":"BTC_USDT ","side":"buy"}""", 404, "UNKNOWN_SYMBOL")]
    [InlineData("""{"market":"ＢＴＣ_USDT","side":"buy"}""", 404, "UNKNOWN_SYMBOL")]
    [InlineData("""{"market":"BTC_USDT\r\nX: 1","side":"buy"}""", 404, "UNKNOWN_SYMBOL")]
    [InlineData("""{"market":"\ud800","side":"buy"}""", 404, "UNKNOWN_SYMBOL")]
    [InlineData("""{"market":"../../etc/passwd","side":"buy"}""", 404, "UNKNOWN_SYMBOL")]
    [InlineData("""{"market":"BTC_USDT","side":"hold"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":0}""", 400, "INVALID_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":" buy"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"ｂｕｙ"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","type":"stop"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","timeInForce":"GTX"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","selfTradePrevention":"maybe"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","clientOrderId":""}""", 400, "INVALID_CLIENT_ORDER_ID")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","clientOrderId":"a b"}""", 400, "INVALID_CLIENT_ORDER_ID")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","clientOrderId":7}""", 400, "INVALID_CLIENT_ORDER_ID")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","clientOrderId":"é"}""", 400, "INVALID_CLIENT_ORDER_ID")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","clientOrderId":"0123456789012345678901234567890123456"}""", 400, "INVALID_CLIENT_ORDER_ID")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","userId":"1"}""", 403, "NOT_YOUR_ACCOUNT")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","userId":1}""", 403, "NOT_YOUR_ACCOUNT")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","userId":"user123"}""", 403, "NOT_YOUR_ACCOUNT")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","userId":-5}""", 403, "NOT_YOUR_ACCOUNT")]
    [InlineData("""{"market":"BTC_USDT","side":"buy","userId":true}""", 400, "INVALID_FIELD")]
    public async Task A_bad_order_body_is_refused(string body, int status, string code) => await IsRefused(body, status, code);

    [Theory]
    [InlineData("\"0\"")]
    [InlineData("0")]
    [InlineData("0.000")]
    [InlineData("\"-1\"")]
    [InlineData("-1")]
    [InlineData("\"+1\"")]
    [InlineData("\"\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1 \"")]
    [InlineData("\"1_000\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\"1,000.5\"")]
    [InlineData("\".5\"")]
    [InlineData("\"5.\"")]
    [InlineData("\"01\"")]
    [InlineData("\"1.2.3\"")]
    [InlineData("1e2")]
    [InlineData("1E-7")]
    [InlineData("\"1e2\"")]
    [InlineData("1e400")]
    [InlineData("\"0x10\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"-Infinity\"")]
    [InlineData("\"１２\"")]
    [InlineData("\"١٢\"")]
    [InlineData("\"1\\u0030\"")]
    [InlineData("\"1\\u00002\"")]
    [InlineData("1234567890123456789012345678901234567890")]
    [InlineData("\"1234567890123456789012345678901234567890\"")]
    [InlineData("\"0.1234567890123456789012345678901234567890\"")]
    [InlineData("\"12345678901234\"")]
    [InlineData("\"0.0000000000000001\"")]
    [InlineData("true")]
    public async Task What_is_not_a_plain_positive_decimal_is_no_price_quantity_or_amount(string value)
    {
        await IsRefused($$"""{"market":"BTC_USDT","side":"buy","price":{{value}},"quantity":"1"}""", 400, "INVALID_PRICE");
        await IsRefused($$"""{"market":"BTC_USDT","side":"buy","price":"1","quantity":{{value}}}""", 400, "INVALID_QUANTITY");
        await IsRefused($$"""{"market":"BTC_USDT","side":"buy","icebergQuantity":{{value}}}""", 400, "INVALID_QUANTITY");
        await IsRefused($$"""{"market":"BTC_USDT","side":"buy","quoteAmount":{{value}}}""", 400, "INVALID_AMOUNT");
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("0x10")]
    public async Task What_is_not_even_a_JSON_number_is_malformed(string value) =>
        await IsRefused($$"""{"market":"BTC_USDT","side":"buy","price":{{value}}}""", 400, "MALFORMED_JSON");

    [Fact]
    public async Task Deep_nesting_is_refused_without_being_followed() =>
        await IsRefused("{\"x\":" + new string('[', 5000) + new string(']', 5000) + "}", 400, "UNKNOWN_FIELD");

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused() =>
        await IsRefused(Json([.. "{\"market\":\""u8, 0xff, 0xfe, .. "\",\"side\":\"buy\"}"u8]), 404, "UNKNOWN_SYMBOL");

    [Fact]
    public async Task A_body_over_16_KB_is_refused() =>
        await IsRefused("{\"market\":\"" + new string('a', 17_000) + "\"}", 413, "BODY_TOO_LARGE");

    [Fact]
    public async Task A_chunked_body_over_16_KB_is_refused()
    {
        using var content = new StreamContent(new MemoryStream(new byte[200_000]));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var caller = host.Caller();

        var answer = await caller.Send(HttpMethod.Post, Order, content, ("Transfer-Encoding", "chunked"));

        Assert.Equal((413, "BODY_TOO_LARGE"), ((int)answer.Status, answer.Code));
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonx")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Another_content_type_is_refused(string type)
    {
        using var content = new ByteArrayContent("{\"market\":\"BTC_USDT\",\"side\":\"buy\"}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await IsRefused(content, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        using var content = Json("{}"u8.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        await IsRefused(content, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task An_order_without_a_body_is_refused()
    {
        var caller = host.Caller();
        var answer = await caller.Send(HttpMethod.Post, Order, null);
        Assert.Equal((HttpStatusCode.BadRequest, "MISSING_BODY"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Fields_in_the_body_and_in_the_query_are_one_place_too_many(string method)
    {
        using var content = Json("{\"orderId\":1}"u8.ToArray());
        var caller = host.Caller();
        var answer = await caller.Send(new HttpMethod(method), Order + "?market=BTC_USDT", content);
        Assert.Equal((HttpStatusCode.BadRequest, "UNKNOWN_FIELD"), (answer.Status, answer.Code));
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("application/json;charset=utf-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    public async Task JSON_in_UTF8_is_taken_however_it_is_spelled(string type)
    {
        using var content = new ByteArrayContent("{\"market\":\"BTC\\u005fUSDT\",\"side\":\"Buy\",\"price\":100.5,\"quantity\":\"1\"}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var caller = host.Caller();

        Assert.Equal(HttpStatusCode.OK, (await caller.Send(HttpMethod.Post, Order, content)).Status);
        Assert.Single(caller.Portfolio.Calls);
    }

    [Theory]
    [InlineData("/api/v1/depth", 400, "MISSING_FIELD")]
    [InlineData("/api/v1/depth?symbol=", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/depth?symbol=NOPE", 404, "UNKNOWN_SYMBOL")]
    [InlineData("/api/v1/depth?symbol=BTC_USDT&symbol=TATA_INR", 400, "DUPLICATE_FIELD")]
    [InlineData("/api/v1/depth?symbol=BTC_USDT&market=TATA_INR", 400, "INVALID_REQUEST")]
    [InlineData("/api/v1/depth?symbol=BTC_USDT&limit=0", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/depth?symbol=BTC_USDT&limit=-1", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/depth?symbol=BTC_USDT&limit=1001", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/depth?symbol=BTC_USDT&limit=1e2", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/depth?symbol=BTC_USDT&limit=99999999999999999999", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/depth?symbol=BTC_USDT&limit=%EF%BC%91", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/depth?symbol=BTC_USDT%0d%0aX:1", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/depth?symbol=%ff%fe", 404, "UNKNOWN_SYMBOL")]
    [InlineData("/api/v1/depth?symbol=BTC_USDT&depth=5", 400, "UNKNOWN_FIELD")]
    [InlineData("/api/v1/klines?symbol=BTC_USDT&interval=7m", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/trades?symbol=BTC_USDT&limit=abc", 400, "INVALID_FIELD")]
    [InlineData("/api/v1/ticker/24hr", 400, "MISSING_FIELD")]
    [InlineData("/api/v1/openOrders?market=NOPE", 404, "UNKNOWN_SYMBOL")]
    [InlineData("/api/v1/openOrders?userId=1", 403, "NOT_YOUR_ACCOUNT")]
    [InlineData("/api/v1/balances?userId=1", 403, "NOT_YOUR_ACCOUNT")]
    [InlineData("/api/v1/nothing", 404, "NOT_FOUND")]
    [InlineData("/api/v1/order%2f", 404, "NOT_FOUND")]
    [InlineData("/api", 404, "NOT_FOUND")]
    [InlineData("/api/v1/onramp", 405, "METHOD_NOT_ALLOWED")]
    public async Task A_bad_query_or_path_is_refused(string path, int status, string code)
    {
        var caller = host.Caller();

        var answer = await caller.Get(path);

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Theory]
    [InlineData("""{"market":"BTC_USDT"}""", 400, "MISSING_FIELD")]
    [InlineData("""{"orderId":"1","clientOrderId":"a","market":"BTC_USDT"}""", 400, "INVALID_REQUEST")]
    [InlineData("""{"orderId":"0","market":"BTC_USDT"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"orderId":1.0,"market":"BTC_USDT"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"orderId":"9223372036854775808","market":"BTC_USDT"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"orderId":"1","market":"NOPE"}""", 404, "UNKNOWN_SYMBOL")]
    [InlineData("""{"orderId":"1","market":"BTC_USDT","userId":"3"}""", 403, "NOT_YOUR_ACCOUNT")]
    public async Task A_bad_cancel_is_refused(string body, int status, string code)
    {
        var caller = host.Caller();

        var answer = await caller.Delete(Order, body);

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.Empty(caller.Portfolio.Calls);
    }

    [Theory]
    [InlineData("""{"asset":"USDT"}""", 400, "MISSING_FIELD")]
    [InlineData("""{"amount":"5"}""", 400, "MISSING_FIELD")]
    [InlineData("""{"asset":"USDT","amount":"-5"}""", 400, "INVALID_AMOUNT")]
    [InlineData("""{"asset":"DOGE","amount":"5"}""", 404, "UNKNOWN_ASSET")]
    [InlineData("""{"asset":5,"amount":"5"}""", 400, "INVALID_FIELD")]
    [InlineData("""{"asset":"USDT","amount":"5","depositId":"a b"}""", 400, "INVALID_CLIENT_ORDER_ID")]
    [InlineData("""{"asset":"USDT","amount":"5","userId":"1"}""", 403, "NOT_YOUR_ACCOUNT")]
    public async Task A_bad_deposit_is_refused(string body, int status, string code)
    {
        var caller = host.Caller();

        var answer = await caller.Post("/api/v1/onramp", body);

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.Empty(caller.Portfolio.Calls);
    }

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private Task IsRefused(string body, int status, string code) => IsRefused(Json(Encoding.UTF8.GetBytes(body)), status, code);

    private async Task IsRefused(HttpContent body, int status, string code)
    {
        var caller = host.Caller();

        var answer = await caller.Send(HttpMethod.Post, Order, body);

        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        Assert.Empty(caller.Portfolio.Calls);
    }
}
