using System.Text.Json;
using Fathom.Analytics.Reports;

namespace Fathom.Benchmarks;

/// <summary>Writes a benchmark's answer: a table for people, one JSON value for programs.</summary>
internal static class BenchReport
{
    public static void Write(IReadOnlyList<BenchResult> results, bool isJson)
    {
        if (isJson) WriteJson(results);
        else WriteText(results);
    }

    private static void WriteText(IReadOnlyList<BenchResult> results)
    {
        Console.WriteLine($"{BenchMachine.Processor}, {BenchMachine.Processors} processors, {BenchMachine.Runtime}");
        Console.WriteLine($"{"preset",-10} {"what",-28} {"M msg/s",9} {"best",7} {"ns",7} {"cycles",7} {"adds",7} {"B/msg",7}  ratios");
        foreach (BenchResult result in results)
        {
            string ratios = string.Join(", ", result.Ratios.Select(ratio => $"{ratio.Key} {ratio.Value:0.00}"));
            Console.WriteLine($"{result.Preset,-10} {result.What,-28} {result.MessagesPerSecond / 1e6,9:0.0} {result.BestPerSecond / 1e6,7:0.0} {1e9 / result.MessagesPerSecond,7:0.0} " +
                              $"{BenchMachine.TscHertz / result.MessagesPerSecond,7:0} {Added(result),7} {result.AllocatedBytesPerMessage,7:0.000}  {ratios}");
        }
    }

    private static void WriteJson(IReadOnlyList<BenchResult> results)
    {
        using Stream output = Console.OpenStandardOutput();
        using Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("machine", BenchMachine.Processor);
        json.WriteNumber("processors", BenchMachine.Processors);
        json.WriteString("runtime", BenchMachine.Runtime);
        json.WriteString("commit", BenchMachine.Commit);
        json.WriteStartArray("results");
        foreach (BenchResult result in results) WriteJson(json, result);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter json, BenchResult result)
    {
        double cycles = BenchMachine.TscHertz / result.MessagesPerSecond;
        json.WriteStartObject();
        json.WriteString("preset", result.Preset);
        json.WriteString("what", result.What);
        json.WriteNumber("messages_per_second", result.MessagesPerSecond);
        json.WriteNumber("messages_per_second_best", result.BestPerSecond);
        json.WriteNumberOrNull("tsc_cycles_per_message", cycles);
        json.WriteNumberOrNull("tsc_cycles_added", result.AddedSeconds * BenchMachine.TscHertz);
        json.WriteNumber("allocated_bytes_per_message", result.AllocatedBytesPerMessage);
        foreach ((string name, double ratio) in result.Ratios) json.WriteNumber($"ratio_to_{name}", ratio);
        json.WriteString("checksum", result.Checksum);
        json.WriteEndObject();
    }

    private static string Added(BenchResult result) => double.IsFinite(result.AddedSeconds) ? $"{result.AddedSeconds * BenchMachine.TscHertz:0}" : "";
}
