namespace Fathom.Scenarios.Simulation.PlantedFaults;

/// <summary>One mistake that somebody could make in the engine.</summary>
/// <param name="Name">What is wrong, in a few words.</param>
/// <param name="File">Under src/Fathom.Engine.</param>
/// <param name="Text">Occurs exactly once in the file. The part between « and » is what is replaced: a statement where it ends with a semicolon, else an expression.</param>
/// <param name="Mutated">What stands there instead; empty: the statement is left out.</param>
internal sealed record PlantedFault(string Name, string File, string Text, string Mutated)
{
    private string Before => Text[..Text.IndexOf('«')];

    private string Original => Text[(Text.IndexOf('«') + 1)..Text.IndexOf('»')];

    private string Whole => Text.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);

    /// <summary>Where in the source the original stands, and what stands there when the fault can be switched on.</summary>
    /// <param name="number">Switches it on.</param>
    /// <exception cref="InvalidOperationException">The text does not occur, or more than once: the source has changed, and so must the list.</exception>
    public (int At, int Length, string With) In(string source, int number)
    {
        int first = source.IndexOf(Whole, StringComparison.Ordinal);
        if (first < 0) throw new InvalidOperationException($"'{Name}': {File} has no '{Whole}' any more; correct the list of planted faults.");
        if (source.IndexOf(Whole, first + 1, StringComparison.Ordinal) >= 0) throw new InvalidOperationException($"'{Name}': {File} has '{Whole}' more than once; say more of what stands around it.");
        bool isStatement = Original.EndsWith(';');
        string with = isStatement ? $"if (global::Planted.Active == {number}) {{ {Mutated} }} else {{ {Original} }}" : $"(global::Planted.Active == {number} ? ({Mutated}) : ({Original}))";
        return (first + Before.Length, Original.Length, with);
    }
}
