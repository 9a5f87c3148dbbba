namespace Fathom.Host.Why;

/// <summary>A moment of a run, explained.</summary>
/// <param name="Run">Folder of the run, or of its recording.</param>
/// <param name="IsRecording">It was replayed from a recording; else from the data that the run read.</param>
/// <param name="Compared">Events that came out of the replay as the run wrote them down.</param>
/// <param name="Owners">Names of strategies and aggregators by number.</param>
/// <param name="Symbols">Of all instruments by number, as far as the replay went.</param>
/// <param name="Currency">Of the account.</param>
/// <param name="Stories">What became of its orders.</param>
/// <param name="Seconds">Wall time of the replay.</param>
internal sealed record Explanation(
    WhyQuestion Question, string Run, bool IsRecording, long Compared, IReadOnlyList<string> Owners, IReadOnlyList<string> Symbols, string Currency, Decision Decision, IReadOnlyCollection<OrderStory> Stories, double Seconds);
