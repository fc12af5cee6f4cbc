using System.Text;
using Exchange.Api.Auth;
using Exchange.Api.Errors;
using Exchange.Api.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Exchange.Api.OpenApi;

/// <summary>The parts of the OpenAPI document that belong to no single route.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";
    public const string Bearer = "bearer";
    public const string Cookie = "cookie";
    public const string Key = "apiKey";
    public const string Error = "Error";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Complete(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(new RouteDocTransformer());
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Straighten(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });

    private static void Complete(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "Orleans.Exchange", Version = Name, Description = Description() };
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[Error] = ErrorSchema();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
            [Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = SignatureCheck.KeyHeader,
                Description = "With timestamp, recvWindow and signature in the query: the HMAC-SHA256 of the query followed by the body.",
            },
            [Cookie] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = Authenticator.CookieName },
        };
    }

    /// <summary>On this wire decimals are strings and whole numbers are numbers, never either of both.</summary>
    private static void Straighten(OpenApiSchema schema, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var nullable = plain != type ? JsonSchemaType.Null : 0;
        if (plain == typeof(decimal))
        {
            schema.Type = JsonSchemaType.String | nullable;
            schema.Format = "decimal";
            schema.Pattern = null;
        }
        else if (plain == typeof(long) || plain == typeof(int))
        {
            schema.Type = JsonSchemaType.Integer | nullable;
            schema.Pattern = null;
        }
    }

    private static OpenApiSchema ErrorSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "error" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["error"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "code", "message" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. AllErrors().Select(error => error.Code)] },
                    ["message"] = new OpenApiSchema { Type = JsonSchemaType.String },
                    ["details"] = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
        },
    };

    private static string Description()
    {
        var text = new StringBuilder("""
            A paper-trading exchange. Decimals are JSON strings (numbers are taken too), times are Unix milliseconds, ids are strings.
            Sign up, make a deposit, place orders. Unknown fields and parameters are refused.

            | status | code | meaning |
            |---|---|---|

            """);
        foreach (var error in AllErrors())
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {error.Status} | {error.Code} | {error.Message} |\n");
        return text.ToString();
    }

    private static IEnumerable<ApiError> AllErrors() =>
        EdgeErrors.All.Concat(ReasonErrors.All.Values).OrderBy(error => error.Status).ThenBy(error => error.Code, StringComparer.Ordinal);
}
