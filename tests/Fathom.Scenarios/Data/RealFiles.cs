namespace Fathom.Scenarios.Data;

/// <summary>Finds the real data, which is never part of the repository: the folder named by FATHOM_DATA, else ../shared/data beside the repository.</summary>
internal static class RealFiles
{
    /// <summary>Path of a file or folder of the real data; skips the test with the reason when it is not there.</summary>
    public static string Find(string relative)
    {
        string path = Path.Combine(Places.Data, relative);
        if (!Path.Exists(path)) Assert.Skip($"Real data is not here: set FATHOM_DATA to the folder that holds {relative}.");
        return path;
    }
}
