namespace Fathom.Scenarios;

/// <summary>Where the scenarios find things.</summary>
internal static class Places
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Recorded data: the folder named by FATHOM_DATA, else the one beside the repository; it need not be there.</summary>
    public static string Data { get; } =
        Environment.GetEnvironmentVariable("FATHOM_DATA") is { Length: > 0 } stated ? stated : Path.Combine(Root, "..", "shared", "data");

    private static string FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Fathom.slnx"))) return directory.FullName;
        throw new InvalidOperationException("the tests run from their build output inside the repository");
    }
}
