using System.Text.Json;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Journal.Recordings;

namespace Fathom.Host.Why;

/// <summary>From when to when a run was: receive times of its inputs. None where nobody knows.</summary>
internal readonly record struct RunSpan(Timestamp First, Timestamp Last)
{
    /// <summary>As a run's <c>summary.json</c> has it; None where that is none.</summary>
    public static RunSpan Of(string summary)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(summary));
            return new RunSpan(Time(json.RootElement, "first"), Time(json.RootElement, "last"));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return new RunSpan(Timestamp.None, Timestamp.None);      // who needs the summary for more says what is wrong with it
        }
    }

    /// <summary>Reads all inputs.</summary>
    public static RunSpan Of(RecordingReader recording)
    {
        Timestamp first = Timestamp.None, last = Timestamp.None;
        using RecordedMessages inputs = recording.OpenInputs();
        while (inputs.Next())
        {
            Timestamp time = Messages.Header(inputs.Current).ReceiveTime;
            if (time.IsNone) continue;
            if (first.IsNone) first = time;
            if (last.IsNone || time > last) last = time;
        }
        return new RunSpan(first, last);
    }

    /// <exception cref="InputException">The moment that is asked for is not in it.</exception>
    public void Require(WhyQuestion question)
    {
        if (question.IsOfOrder || First.IsNone || Last.IsNone || (First <= question.Time && question.Time <= Last)) return;
        string where = question.Time < First ? "before the run's first input" : "after the run's last input";
        throw new InputException("TIME", $"{question.Time}, {where}", $"a time from {First} to {Last}", "Name one within the run.");
    }

    private static Timestamp Time(JsonElement summary, string name) =>
        summary.TryGetProperty(name, out JsonElement text) && Timestamp.TryParse(text.GetString(), out Timestamp time) ? time : Timestamp.None;
}
