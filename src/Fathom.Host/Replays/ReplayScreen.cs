using System.Globalization;
using System.Text.Json;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Spectre.Console;

namespace Fathom.Host.Replays;

/// <summary>What a replay came to, for the eyes and as JSON.</summary>
public static class ReplayScreen
{
    public static void Write(IAnsiConsole console, string folder, ReplayResult result)
    {
        if (result.Difference is { } difference)
        {
            WriteDifference(console, folder, result, difference);
            return;
        }
        console.MarkupLine($"[bold]{folder.EscapeMarkup()}[/]: the replay came to what was recorded, byte for byte");
        console.MarkupLine($"[grey]inputs[/]       {Count(result.Inputs)}");
        console.MarkupLine($"[grey]outputs[/]      {Count(result.Outputs)}");
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[grey]speed[/]        {result.Seconds:0.00} s, {result.Inputs / result.Seconds / 1e6:0.0} M inputs/s"));
        console.MarkupLine($"[grey]fingerprint[/]  {result.Fingerprint}");
    }

    public static void WriteJson(Utf8JsonWriter json, ReplayResult result)
    {
        json.WriteStartObject();
        json.WriteBoolean("equal", result.Difference is null);
        json.WriteNumber("inputs", result.Inputs);
        json.WriteNumber("outputs", result.Outputs);
        json.WriteString("recorded_fingerprint", result.RecordedFingerprint);
        json.WriteString("fingerprint", result.Fingerprint);
        json.WriteNumber("seconds", result.Seconds);
        if (result.Difference is { } difference) WriteDifference(json, difference);
        json.WriteEndObject();
    }

    private static void WriteDifference(IAnsiConsole console, string folder, ReplayResult result, ReplayDifference difference)
    {
        console.MarkupLine($"[red]{folder.EscapeMarkup()}: the replay differs from the recording[/]");
        if (difference.IsOfFingerprint)
        {
            console.MarkupLine($"all {Count(result.Outputs)} outputs are equal, the fingerprint is not: recorded {result.RecordedFingerprint}, replayed {result.Fingerprint}");
            return;
        }
        console.MarkupLine($"[grey]input[/]        {Count(difference.Input)}{InputText(difference).EscapeMarkup()}");
        console.MarkupLine($"[grey]output[/]       {Count(difference.Output)}");
        console.MarkupLine($"[grey]recorded[/]     {EventText(difference.Recorded).EscapeMarkup()}");
        console.MarkupLine($"[grey]replayed[/]     {EventText(difference.Replayed).EscapeMarkup()}");
        IReadOnlyList<(string Field, string? Recorded, string? Replayed)> fields = difference.Fields();
        if (fields.Count == 0) return;
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("field", "recorded", "replayed");
        foreach ((string field, string? recorded, string? replayed) in fields) table.AddRow(new Text(field), new Text(recorded ?? ""), new Text(replayed ?? ""));
        console.Write(table);
    }

    private static void WriteDifference(Utf8JsonWriter json, ReplayDifference difference)
    {
        json.WriteStartObject("difference");
        json.WriteNumber("input", difference.Input);
        json.WriteString("input_type", difference.InputMessage is { } input ? MessageFields.TypeOf(input) : null);
        json.WriteNumber("output", difference.Output);
        WriteEvent(json, "recorded", difference.Recorded);
        WriteEvent(json, "replayed", difference.Replayed);
        json.WriteStartArray("fields");
        foreach ((string field, _, _) in difference.Fields()) json.WriteStringValue(field);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter json, string name, byte[]? message)
    {
        if (message is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        foreach ((string field, string value) in MessageFields.Of(message)) json.WriteString(field, value);
        json.WriteEndObject();
    }

    private static string InputText(ReplayDifference difference) =>
        difference.InputMessage is { } input ? $": {MessageFields.TypeOf(input)} at {TimeOf(input)}" : "";

    /// <summary>The event and what names it; nothing where there was none.</summary>
    private static string EventText(byte[]? message)
    {
        if (message is null) return "nothing";
        IReadOnlyList<(string Name, string Value)> fields = MessageFields.Of(message);
        string order = fields.FirstOrDefault(field => field.Name == "client_order_id").Value is { } id ? $" of {id}" : "";
        return $"{MessageFields.TypeOf(message)}{order} at {TimeOf(message)}";
    }

    private static Timestamp TimeOf(byte[] message) => Messages.Header(message).ReceiveTime;

    private static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
