using System.Text.Json;
using Exchange.Api.Errors;

namespace Exchange.Api.Streams;

/// <summary>Answers to commands: a result or an error of the one table, with the client's id.</summary>
internal static class StreamReplies
{
    public static byte[] Done(in StreamCommand command) => Result(command, 0, static (json, _) => json.WriteNullValue());

    public static byte[] Pong(in StreamCommand command) => Result(command, 0, static (json, _) => json.WriteStringValue("PONG"u8));

    public static byte[] Names(in StreamCommand command, IReadOnlyCollection<string> names) => Result(command, names, static (json, all) =>
    {
        json.WriteStartArray();
        foreach (var name in all)
            json.WriteStringValue(name);
        json.WriteEndArray();
    });

    public static byte[] Result<T>(in StreamCommand command, T value, Action<Utf8JsonWriter, T> write) =>
        StreamMessages.Build((command, value, write), static (json, it) =>
        {
            json.WriteStartObject();
            json.WritePropertyName("result"u8);
            it.write(json, it.value);
            WriteId(json, it.command);
            json.WriteEndObject();
        });

    public static byte[] Error(in StreamCommand command, Refusal refusal) =>
        StreamMessages.Build((command, refusal), static (json, it) =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error"u8);
            json.WriteString("code"u8, it.refusal.Error.Code);
            json.WriteString("message"u8, it.refusal.Message ?? it.refusal.Error.Message);
            if (it.refusal.Details.Length > 0)
            {
                json.WriteStartObject("details"u8);
                foreach (var (name, value) in it.refusal.Details)
                    json.WriteString(name, value);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            WriteId(json, it.command);
            json.WriteEndObject();
        });

    private static void WriteId(Utf8JsonWriter json, in StreamCommand command)
    {
        json.WritePropertyName("id"u8);
        if (command.Id.IsEmpty)
            json.WriteNullValue();
        else
            json.WriteRawValue(command.Id.Span, skipInputValidation: true);
    }
}
